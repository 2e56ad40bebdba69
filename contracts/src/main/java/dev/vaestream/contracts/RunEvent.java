package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value on topic {@code run-events}: the newest one of a run is its state.
 *
 * @param step steps made when it happened
 * @param reason why a run failed; absent otherwise
 * @param weights SHA-256 of the last {@code params.safetensors}, once completed
 */
public record RunEvent(
        String run,
        State state,
        long step,
        @Nullable String reason,
        @Nullable Sha256 weights,
        Instant at) {
    public RunEvent {
        Checks.name("run", run);
        Checks.atLeast("step", 0, step);
        Checks.check((state == State.FAILED) == (reason != null), "a run has a reason exactly when it has failed");
    }

    /** What has happened to a run. */
    public enum State {
        @JsonProperty("queued")
        QUEUED,
        @JsonProperty("started")
        STARTED,
        @JsonProperty("resumed")
        RESUMED,
        @JsonProperty("paused")
        PAUSED,
        @JsonProperty("cancelled")
        CANCELLED,
        @JsonProperty("completed")
        COMPLETED,
        @JsonProperty("failed")
        FAILED;

        public boolean ended() {
            return this == COMPLETED || this == FAILED || this == CANCELLED;
        }
    }
}
