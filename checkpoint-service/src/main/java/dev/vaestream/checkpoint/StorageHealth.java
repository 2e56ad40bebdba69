package dev.vaestream.checkpoint;

/**
 * What is known of the store.
 *
 * @param fitness whether it is fit for what the service does with it
 * @param reachable whether it answered the last time
 * @param reason why not, for people
 */
record StorageHealth(Fitness fitness, boolean reachable, String reason) {

    boolean ready() {
        return fitness == Fitness.FIT && reachable;
    }

    /** What the probe found. */
    enum Fitness {
        UNKNOWN,
        FIT,
        UNFIT
    }
}
