package dev.vaestream.checkpoint;

import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.CheckpointEvent.Change;
import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.WriterClaim;
import dev.vaestream.contracts.WriterGrant;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What the service can do with checkpoints. Commits and deletions exclude each other, so a commit that has seen its
 * blobs keeps them, and one that has not is refused; its sender uploads them again.
 */
final class CheckpointManager {
    private static final Logger LOG = Logger.getLogger(CheckpointManager.class);

    private final RunStore runs;
    private final ManifestStore manifests;
    private final Committer committer;
    private final GarbageCollector garbage;
    private final Consumer<CheckpointEvent> events;
    private final Executor background;
    private final Clock clock;
    private final ReentrantLock exclusive = new ReentrantLock(true);

    /**
     * @param events takes hints, without waiting for anything
     * @param background carries out retention, which no commit waits for
     */
    CheckpointManager(
            RunStore runs,
            ManifestStore manifests,
            Committer committer,
            GarbageCollector garbage,
            Consumer<CheckpointEvent> events,
            Executor background,
            Clock clock) {
        this.runs = runs;
        this.manifests = manifests;
        this.committer = committer;
        this.garbage = garbage;
        this.events = events;
        this.background = background;
        this.clock = clock;
    }

    /**
     * Begins the run where it is new, and grants the right to write it.
     *
     * @throws RefusedException where it was begun as another one
     */
    WriterGrant claim(WriterClaim claim) {
        return exclusively(() -> runs.claim(claim));
    }

    /**
     * Commits a checkpoint, tells of it, and lets retention follow.
     *
     * @return whether it is new; the same state again is a success
     * @throws RefusedException where it must not exist, as {@link Committer#commit} says
     */
    boolean commit(Manifest manifest) {
        boolean created = exclusively(() -> committer.commit(manifest));
        announce(manifest);
        background.execute(() -> retain(manifest.run()));
        return created;
    }

    /** @throws RefusedException where there is none, or one that does not hold */
    Manifest checkpoint(CheckpointId id) {
        try {
            return manifests
                    .read(id)
                    .orElseThrow(() -> new RefusedException(Problem.NO_CHECKPOINT, "There is no checkpoint " + id));
        } catch (CorruptManifestException e) {
            throw new RefusedException(Problem.MANIFEST_CORRUPT, Objects.requireNonNull(e.getMessage()));
        }
    }

    /** @throws RefusedException where the run has no checkpoint */
    Manifest latest(String run) {
        return manifests
                .newest(run)
                .orElseThrow(
                        () -> new RefusedException(Problem.NO_CHECKPOINT, "Run %s has no checkpoint".formatted(run)));
    }

    /** @throws RefusedException where there is none, or it is the newest */
    void delete(CheckpointId id) {
        exclusively(() -> {
            Manifest manifest = checkpoint(id);
            if (latest(id.run()).equals(manifest)) {
                throw new RefusedException(
                        Problem.NEWEST_CHECKPOINT,
                        "Checkpoint %s is the newest of its run, which goes on from it".formatted(id));
            }
            garbage.collect(id.run(), List.of(manifest));
            return id;
        });
    }

    /** @throws RefusedException where there is no such run */
    RunStatus status(String run) {
        return runs.identity(run)
                .map(this::status)
                .orElseThrow(() -> new RefusedException(Problem.NO_RUN, "There is no run " + run));
    }

    /** All runs whose identity can be read. */
    List<RunStatus> statuses() {
        return runs.runs().stream()
                .map(this::readable)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Tells of each run's newest checkpoint again, and ends what retention was cut off from. */
    void recover() {
        for (RunStatus status : statuses()) {
            if (status.latest() != null) {
                announce(status.latest());
            }
            background.execute(() -> retain(status.identity().run()));
        }
    }

    private RunStatus status(RunIdentity identity) {
        List<Manifest> all = manifests.list(identity.run());
        return new RunStatus(
                identity, all.stream().map(Manifest::step).toList(), all.isEmpty() ? null : all.get(all.size() - 1));
    }

    private Optional<RunStatus> readable(String run) {
        try {
            return runs.identity(run).map(this::status);
        } catch (RefusedException e) {
            LOG.warnf("a run is passed over: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private void retain(String run) {
        try {
            exclusively(() -> runs.identity(run).map(identity -> {
                garbage.collect(run, CrashPoint.RETENTION.around(() -> retired(identity)));
                return run;
            }));
        } catch (StorageUnavailableException | RefusedException e) {
            LOG.warnf("run %s keeps its old checkpoints until the next one: %s", run, e.getMessage());
        }
    }

    private List<Manifest> retired(RunIdentity identity) {
        List<Manifest> all = manifests.list(identity.run());
        Set<Long> kept = identity.spec()
                .checkpoints()
                .preserve(all.stream().map(Manifest::info).toList());
        return all.stream().filter(manifest -> !kept.contains(manifest.step())).toList();
    }

    private void announce(Manifest manifest) {
        events.accept(new CheckpointEvent(
                manifest.run(), manifest.step(), Change.COMMITTED, manifest.digest(), clock.instant()));
    }

    private <T> T exclusively(Supplier<T> action) {
        exclusive.lock();
        try {
            return action.get();
        } finally {
            exclusive.unlock();
        }
    }
}
