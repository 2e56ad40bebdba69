package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Sha256;
import java.time.Instant;
import java.util.List;

/** The intent to delete a checkpoint, {@code runs/<run>/retired/<step>.json}: enough to end what a kill cut short. */
record Retirement(String run, long step, Sha256 manifestDigest, List<Blob> blobs, Instant retiredAt) {
    Retirement {
        blobs = List.copyOf(blobs);
    }

    static Retirement of(Manifest manifest, Instant at) {
        return new Retirement(manifest.run(), manifest.step(), manifest.digest(), manifest.blobs(), at);
    }

    CheckpointId id() {
        return new CheckpointId(run, step);
    }
}
