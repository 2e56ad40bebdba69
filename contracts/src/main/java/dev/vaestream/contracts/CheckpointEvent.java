package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/** A value on topic {@code checkpoints}: a hint that storage has changed. Storage is the truth. */
public record CheckpointEvent(String run, long step, Change change, Sha256 manifestDigest, Instant at) {
    public CheckpointEvent {
        Checks.name("run", run);
        Checks.atLeast("step", 0, step);
    }

    /** Its key on the topic. */
    public String key() {
        return run + "/" + step;
    }

    /** What has happened to a checkpoint. */
    public enum Change {
        @JsonProperty("committed")
        COMMITTED,
        @JsonProperty("retired")
        RETIRED
    }
}
