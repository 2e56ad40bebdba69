package dev.vaestream.checkpoint;

import dev.vaestream.contracts.CheckpointInfo;
import dev.vaestream.contracts.CheckpointOptions;
import dev.vaestream.contracts.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A run's checkpoints as storage has them.
 *
 * @param stored every manifest that holds, by step
 * @param retiring steps that are about to be deleted
 */
record RunCheckpoints(List<Manifest> stored, Set<Long> retiring) {
    RunCheckpoints {
        stored = List.copyOf(stored);
        retiring = Set.copyOf(retiring);
    }

    /**
     * Those that the run has, by step. One that is about to be deleted is none any more, unless those after it, for which
     * it was to go, are lost: then the run goes on from it.
     */
    List<Manifest> kept() {
        long newest = stored.stream()
                .mapToLong(Manifest::step)
                .filter(step -> !retiring.contains(step))
                .max()
                .orElse(-1);
        return stored.stream()
                .filter(manifest -> manifest.step() > newest || !retiring.contains(manifest.step()))
                .toList();
    }

    /** Orbax's {@code all_steps}. */
    List<Long> allSteps() {
        return kept().stream().map(Manifest::step).toList();
    }

    /** Orbax's {@code latest_step}. */
    Optional<Manifest> latest() {
        List<Manifest> kept = kept();
        return kept.isEmpty() ? Optional.empty() : Optional.of(kept.get(kept.size() - 1));
    }

    /** Orbax's {@code best_step}. */
    Optional<Manifest> best(CheckpointOptions options) {
        List<Manifest> kept = kept();
        return options.best(infos(kept))
                .flatMap(best -> kept.stream()
                        .filter(manifest -> manifest.step() == best.step())
                        .findFirst());
    }

    static List<CheckpointInfo> infos(List<Manifest> manifests) {
        return manifests.stream().map(Manifest::info).toList();
    }
}
