package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * When a run saves and what is kept, under Orbax's names.
 *
 * @param saveIntervalSteps a checkpoint every so many steps; the last step always has one
 * @param maxToKeep checkpoints that are kept, the newest first
 */
public record CheckpointOptions(long saveIntervalSteps, int maxToKeep) {
    public static final CheckpointOptions DEFAULT = new CheckpointOptions(500, 4);

    public CheckpointOptions {
        Checks.atLeast("saveIntervalSteps", 1, saveIntervalSteps);
        Checks.atLeast("maxToKeep", 1, maxToKeep);
    }

    @JsonCreator
    static CheckpointOptions of(
            @JsonProperty("saveIntervalSteps") @Nullable Long saveIntervalSteps,
            @JsonProperty("maxToKeep") @Nullable Integer maxToKeep) {
        return new CheckpointOptions(
                saveIntervalSteps == null ? DEFAULT.saveIntervalSteps : saveIntervalSteps,
                maxToKeep == null ? DEFAULT.maxToKeep : maxToKeep);
    }

    public boolean shouldSave(long step, long lastStep) {
        return step == lastStep || step % saveIntervalSteps == 0;
    }
}
