package dev.vaestream.checkpoint;

/** A checkpoint by its run and step. */
record CheckpointId(String run, long step) {
    String key() {
        return BucketLayout.checkpoint(run, step);
    }

    @Override
    public String toString() {
        return run + "/" + step;
    }
}
