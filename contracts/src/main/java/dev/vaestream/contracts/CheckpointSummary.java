package dev.vaestream.contracts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint in a list: an element of the answer of {@code GET /v1/runs/{run}/checkpoints}.
 *
 * @param digest of its manifest
 * @param parentStep absent for a run's first
 * @param metrics those that it has
 * @param aliases that point at it, by name
 * @param pinned whether a reader holds it
 * @param best whether it is the run's best by the run's {@code bestMetric}
 * @param retiring whether it is about to be deleted; it can still be read
 */
public record CheckpointSummary(
        long step,
        Sha256 digest,
        @Nullable Long parentStep,
        Instant createdAt,
        Map<CheckpointMetric, Double> metrics,
        List<String> aliases,
        boolean pinned,
        boolean best,
        boolean retiring) {
    public CheckpointSummary {
        Checks.atLeast("step", 0, step);
        metrics = Map.copyOf(metrics);
        aliases = List.copyOf(aliases);
    }
}
