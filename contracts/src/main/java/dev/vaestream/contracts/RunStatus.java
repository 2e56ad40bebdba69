package dev.vaestream.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run in storage: the answer of {@code GET /v1/runs/{run}}, and an element of {@code GET /v1/runs}.
 *
 * @param steps of its checkpoints, ascending
 * @param latest the newest checkpoint's manifest; absent before the first
 */
public record RunStatus(
        RunIdentity identity, List<Long> steps, @Nullable Manifest latest) {
    public RunStatus {
        steps = List.copyOf(steps);
    }
}
