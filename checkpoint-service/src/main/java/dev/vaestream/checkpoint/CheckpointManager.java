package dev.vaestream.checkpoint;

import dev.vaestream.contracts.AliasMove;
import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.CheckpointEvent.Change;
import dev.vaestream.contracts.CheckpointMetric;
import dev.vaestream.contracts.CheckpointOptions;
import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.WriterClaim;
import dev.vaestream.contracts.WriterGrant;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What the service can do with checkpoints, under Orbax's names. Storage is the truth, so there is nothing to reload.
 * Commits of one process exclude each other; those of several are safe without (ADR 0009).
 */
final class CheckpointManager {
    private static final Logger LOG = Logger.getLogger(CheckpointManager.class);

    private final RunStore runs;
    private final ManifestStore manifests;
    private final Committer committer;
    private final GarbageCollector garbage;
    private final Retention retention;
    private final AliasStore aliases;
    private final PinStore pins;
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
            Retention retention,
            AliasStore aliases,
            PinStore pins,
            Consumer<CheckpointEvent> events,
            Executor background,
            Clock clock) {
        this.runs = runs;
        this.manifests = manifests;
        this.committer = committer;
        this.garbage = garbage;
        this.retention = retention;
        this.aliases = aliases;
        this.pins = pins;
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
    boolean save(Manifest manifest) {
        boolean created = exclusively(() -> committer.commit(manifest));
        announce(manifest);
        background.execute(() -> retention.retain(manifest.run()));
        return created;
    }

    /** @throws RefusedException where there is none, or one that does not hold */
    Manifest restore(CheckpointId id) {
        try {
            return manifests.require(id);
        } catch (CorruptManifestException e) {
            throw new RefusedException(Problem.MANIFEST_CORRUPT, Objects.requireNonNull(e.getMessage()));
        }
    }

    /** @throws RefusedException where the run has no checkpoint */
    Manifest latest(String run) {
        return manifests
                .checkpoints(run)
                .latest()
                .orElseThrow(
                        () -> new RefusedException(Problem.NO_CHECKPOINT, "Run %s has no checkpoint".formatted(run)));
    }

    /** @throws RefusedException where there is no such run, or none of its checkpoints has the metric */
    Manifest best(String run) {
        CheckpointOptions options = identity(run).spec().checkpoints();
        return manifests
                .checkpoints(run)
                .best(options)
                .orElseThrow(() -> new RefusedException(
                        Problem.NO_CHECKPOINT,
                        "Run %s has no checkpoint with the metric that its best one has most or least of"
                                .formatted(run)));
    }

    /** The numbers that the checkpoint has; none where it was made before there were any. */
    Map<CheckpointMetric, Double> metrics(CheckpointId id) {
        return restore(id).info().metrics();
    }

    /**
     * Retires a checkpoint: it is no longer among the run's, and gone after a while. A manifest that does not hold is set
     * aside at once.
     *
     * @throws RefusedException where there is none, it is the newest, or somebody holds it
     */
    void delete(CheckpointId id) {
        Manifest manifest;
        try {
            manifest = manifests.require(id);
        } catch (CorruptManifestException e) {
            // Nothing can be restored from it, and until it is out of the way nobody knows which blobs it needs.
            manifests.setAside(id);
            background.execute(() -> retention.retain(id.run()));
            return;
        }
        RunCheckpoints checkpoints = manifests.checkpoints(id.run());
        if (checkpoints.retiring().contains(id.step())) {
            throw new RefusedException(Problem.RETIRING, "Checkpoint %s is being deleted already".formatted(id));
        }
        if (checkpoints.latest().equals(Optional.of(manifest))) {
            throw new RefusedException(
                    Problem.NEWEST_CHECKPOINT,
                    "Checkpoint %s is the newest of its run, which goes on from it".formatted(id));
        }
        do {
            requireFree(id);
        } while (!garbage.intend(manifest));
        background.execute(() -> retention.retain(id.run()));
    }

    /** The run's checkpoints, those that are being deleted among them. */
    List<CheckpointSummary> summaries(String run) {
        CheckpointOptions options = identity(run).spec().checkpoints();
        RunCheckpoints checkpoints = manifests.checkpoints(run);
        Optional<Manifest> best = checkpoints.best(options);
        List<AliasMove> moves = aliases.list(run);
        Set<Long> pinned = pins.steps(run);
        return checkpoints.stored().stream()
                .map(manifest -> new CheckpointSummary(
                        manifest.step(),
                        manifest.digest(),
                        manifest.parentStep(),
                        manifest.createdAt(),
                        manifest.info().metrics(),
                        moves.stream()
                                .filter(move -> move.step() == manifest.step())
                                .map(AliasMove::alias)
                                .toList(),
                        pinned.contains(manifest.step()),
                        best.equals(Optional.of(manifest)),
                        checkpoints.retiring().contains(manifest.step())))
                .toList();
    }

    /** @throws RefusedException where there is no such run */
    RunStatus status(String run) {
        return status(identity(run));
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
        }
        retention.start();
        background.execute(retention::sweep);
    }

    /** @throws RefusedException where there is no such run */
    RunIdentity identity(String run) {
        return runs.identity(run).orElseThrow(() -> new RefusedException(Problem.NO_RUN, "There is no run " + run));
    }

    private void requireFree(CheckpointId id) {
        if (pins.steps(id.run()).contains(id.step())) {
            throw new RefusedException(
                    Problem.CHECKPOINT_HELD, "Checkpoint %s is pinned by a reader; wait until it ends".formatted(id));
        }
        for (AliasMove move : aliases.list(id.run())) {
            if (move.step() == id.step() || Objects.equals(move.previousStep(), id.step())) {
                throw new RefusedException(
                        Problem.CHECKPOINT_HELD,
                        "Checkpoint %s is what alias %s points at, or would be rolled back to; move the alias first"
                                .formatted(id, move.alias()));
            }
        }
    }

    private RunStatus status(RunIdentity identity) {
        RunCheckpoints checkpoints = manifests.checkpoints(identity.run());
        return new RunStatus(
                identity, checkpoints.allSteps(), checkpoints.latest().orElse(null));
    }

    private Optional<RunStatus> readable(String run) {
        try {
            return runs.identity(run).map(this::status);
        } catch (RefusedException e) {
            LOG.warnf("a run is passed over: %s", e.getMessage());
            return Optional.empty();
        }
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
