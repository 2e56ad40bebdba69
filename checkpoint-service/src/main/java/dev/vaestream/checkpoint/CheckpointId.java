package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Manifest;

/** A checkpoint by its run and step. */
record CheckpointId(String run, long step) {
    static CheckpointId of(Manifest manifest) {
        return new CheckpointId(manifest.run(), manifest.step());
    }

    String key() {
        return BucketLayout.checkpoint(run, step);
    }

    @Override
    public String toString() {
        return run + "/" + step;
    }
}
