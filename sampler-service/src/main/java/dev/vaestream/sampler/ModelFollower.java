package dev.vaestream.sampler;

import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.RunStatus;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the served model the newest that can be loaded. A new one is loaded beside the served one and then takes over;
 * one that cannot be loaded changes nothing but what {@link #state} says.
 */
final class ModelFollower {
    private static final Logger LOG = Logger.getLogger(ModelFollower.class);

    private final CheckpointClient client;
    private final Optional<String> run;
    private final ModelLoader loader;
    private final CurrentModel current;
    private final Rejections rejections;
    private final SamplerMetrics metrics;
    private final Candidates candidates;
    private volatile FollowerState state = FollowerState.STARTING;

    /** @param run the only one that is followed, where it is set */
    ModelFollower(
            CheckpointClient client,
            Optional<String> run,
            ModelLoader loader,
            CurrentModel current,
            Rejections rejections,
            SamplerMetrics metrics) {
        this.client = client;
        this.run = run;
        this.loader = loader;
        this.current = current;
        this.rejections = rejections;
        this.metrics = metrics;
        this.candidates = new Candidates(client::manifest, rejections::hold);
    }

    FollowerState state() {
        return state;
    }

    /** Looks once; for one thread at a time. Throws nothing: what went wrong is in {@link #state}. */
    void refresh() {
        try {
            Runs runs = runs();
            rejections.retain(checkpoint -> isListed(checkpoint, runs));
            Optional<Checkpoint> next = candidates.next(runs, served());
            while (next.isPresent()) {
                tryToServe(next.get());
                next = candidates.next(runs, served());
            }
            become(new FollowerState(null, runs.unreadable(), newerRejections()), null);
        } catch (CheckpointServiceException e) {
            become(new FollowerState(e.getMessage(), state.unreadable(), newerRejections()), null);
        } catch (RuntimeException | Error e) {
            become(new FollowerState("an unexpected failure, see the log", List.of(), newerRejections()), e);
        }
    }

    private Runs runs() {
        return run.map(name -> new Runs(client.run(name).stream().toList(), List.of()))
                .orElseGet(client::runs);
    }

    private void tryToServe(Checkpoint checkpoint) {
        try {
            Model model = CrashPoint.MODEL_LOAD.around(() -> loader.load(checkpoint));
            CrashPoint.MODEL_SWAP.around(() -> current.replace(model));
            metrics.loaded(checkpoint);
            LOG.infof("Serving checkpoint %s, parameters %s", checkpoint.name(), checkpoint.paramsDigest());
        } catch (RejectedCheckpointException e) {
            metrics.rejected(e.reason());
            if (rejections.add(checkpoint, String.valueOf(e.getMessage()))) {
                LOG.warnf("Checkpoint %s is not served: %s", checkpoint.name(), e.getMessage());
            }
        }
    }

    private @Nullable Checkpoint served() {
        return current.lease()
                .map(lease -> {
                    try (lease) {
                        return lease.model().checkpoint();
                    }
                })
                .orElse(null);
    }

    private List<Rejection> newerRejections() {
        Checkpoint served = served();
        return rejections.all().stream()
                .filter(rejection -> served == null || rejection.checkpoint().isNewerThan(served))
                .toList();
    }

    private static boolean isListed(Checkpoint checkpoint, Runs runs) {
        return runs.readable().stream()
                .filter(run -> run.identity().equals(checkpoint.identity()))
                .map(RunStatus::steps)
                .anyMatch(steps -> steps.contains(checkpoint.manifest().step()));
    }

    private void become(FollowerState next, @Nullable Throwable cause) {
        Optional<String> before = state.problem();
        state = next;
        if (next.problem().equals(before)) {
            return;
        }
        next.problem().ifPresentOrElse(problem -> LOG.warn(problem, cause), () -> LOG.info("Following checkpoints"));
    }
}
