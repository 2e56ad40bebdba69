package dev.vaestream.sampler;

import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunStatus;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Which checkpoint comes next: of every run the newest that is not held back, of those that are newer than the served
 * one the newest. What is served never gets older.
 */
final class Candidates {
    private final Manifests manifests;
    private final Predicate<Checkpoint> heldBack;

    Candidates(Manifests manifests, Predicate<Checkpoint> heldBack) {
        this.manifests = manifests;
        this.heldBack = heldBack;
    }

    /** Empty where nothing is better than {@code served}. */
    Optional<Checkpoint> next(Runs runs, @Nullable Checkpoint served) {
        return runs.withoutReplays().stream()
                .flatMap(run -> newest(run, served).stream())
                .filter(candidate -> served == null || candidate.isNewerThan(served))
                .max(Checkpoint.BY_TIME);
    }

    private Optional<Checkpoint> newest(RunStatus run, @Nullable Checkpoint served) {
        Manifest latest = run.latest();
        if (latest == null) {
            return Optional.empty();
        }
        Checkpoint newest = new Checkpoint(run.identity(), latest);
        return heldBack.test(newest) ? older(run, latest.step(), served) : Optional.of(newest);
    }

    private Optional<Checkpoint> older(RunStatus run, long before, @Nullable Checkpoint served) {
        long oldest = served != null && served.identity().equals(run.identity())
                ? served.manifest().step() + 1
                : 0;
        return run.steps().stream()
                .flatMapToLong(LongStream::of)
                .filter(step -> step >= oldest && step < before)
                .map(step -> -step)
                .sorted()
                .mapToObj(step -> manifests.of(run.identity().run(), -step))
                .flatMap(Optional::stream)
                .map(manifest -> new Checkpoint(run.identity(), manifest))
                .filter(heldBack.negate())
                .findFirst();
    }

    /** Where older manifests come from; empty where one is gone. */
    interface Manifests {
        Optional<Manifest> of(String run, long step);
    }
}
