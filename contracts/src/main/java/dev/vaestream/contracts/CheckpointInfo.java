package dev.vaestream.contracts;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What policies know of a checkpoint; Orbax's {@code CheckpointInfo}.
 *
 * @param metrics those that it has
 */
public record CheckpointInfo(long step, Instant time, Map<CheckpointMetric, Double> metrics) {
    public CheckpointInfo {
        Checks.atLeast("step", 0, step);
        metrics = Map.copyOf(metrics);
    }

    Optional<Double> metric(CheckpointMetric metric) {
        return Optional.ofNullable(metrics.get(metric));
    }
}
