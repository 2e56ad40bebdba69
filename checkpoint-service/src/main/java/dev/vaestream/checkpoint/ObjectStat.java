package dev.vaestream.checkpoint;

import java.time.Duration;
import java.time.Instant;

/**
 * What a store says of an object.
 *
 * @param modifiedAt when it was written, by the store's clock
 * @param now the store's time as it said so
 */
record ObjectStat(long bytes, Instant modifiedAt, Instant now) {
    /** Stores write times in whole seconds. */
    private static final Duration PRECISION = Duration.ofSeconds(1);

    /** How old it is at the least. */
    Duration age() {
        return between(modifiedAt, now);
    }

    /** How old it is at the most. */
    Duration ageAtMost() {
        return Duration.between(modifiedAt, now).plus(PRECISION);
    }

    /** How much time has passed at the least between two times of a store. */
    static Duration between(Instant earlier, Instant later) {
        Duration passed = Duration.between(earlier, later).minus(PRECISION);
        return passed.isNegative() ? Duration.ZERO : passed;
    }
}
