package dev.vaestream.trainer;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.Sha256;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works on a run until it has ended or is to be left. What is unavailable, and what nobody foresaw, is tried again
 * from the last checkpoint, for ever: a run is given up only for a reason that would come again.
 */
final class RunWorker {
    /** What waits between two attempts, in readiness. */
    static final String RUN = "run";

    private static final Logger LOG = Logger.getLogger(RunWorker.class);

    private final CheckpointClient checkpoints;
    private final RunTraining training;
    private final RunControls controls;
    private final EventLog events;
    private final Backoff backoff;
    private final TrainerStatus status;
    private final Clock clock;

    RunWorker(
            CheckpointClient checkpoints,
            RunTraining training,
            RunControls controls,
            EventLog events,
            Backoff backoff,
            TrainerStatus status,
            Clock clock) {
        this.checkpoints = checkpoints;
        this.training = training;
        this.controls = controls;
        this.events = events;
        this.backoff = backoff;
        this.status = status;
        this.clock = clock;
    }

    Outcome work(RunRequest request, StopSignal stop) {
        int failures = 0;
        try {
            while (!stop.isStopped() && !Thread.currentThread().isInterrupted()) {
                try {
                    if (attempt(request, stop)) {
                        return Outcome.ENDED;
                    }
                } catch (FencedException e) {
                    // To claim the run again would fence its new owner.
                    report(request, e, stop);
                    return Outcome.FENCED;
                } catch (RuntimeException e) {
                    failures++;
                    report(request, e, stop);
                    stop.pause(backoff.after(failures));
                }
            }
            LOG.infof("run %s is left; it goes on from its last checkpoint", request.run());
            return Outcome.LEFT;
        } finally {
            status.goesOn(RUN);
        }
    }

    private boolean attempt(RunRequest request, StopSignal stop) {
        try {
            TrainingResult result = result(request, stop);
            switch (result.ending()) {
                case COMPLETE -> complete(request, result.newest().orElseThrow());
                case CANCELLED -> cancel(request, result.newest());
                case STOPPED -> {}
            }
            return result.ending() != Ending.STOPPED;
        } catch (RunFailedException e) {
            LOG.errorf("run %s failed at step %d: %s", request.run(), e.step(), e.getMessage());
            publish(request, RunEvent.State.FAILED, e.step(), e.getMessage(), null);
            return true;
        }
    }

    private TrainingResult result(RunRequest request, StopSignal stop) {
        Optional<Manifest> last = completed(request);
        if (last.isPresent()) {
            return new TrainingResult(Ending.COMPLETE, last);
        }
        controls.catchUp();
        RunOrders orders = new RunOrders(stop, () -> controls.wanted(request.run()));
        return orders.cancelled()
                ? new TrainingResult(
                        Ending.CANCELLED, checkpoints.run(request.run()).map(RunStatus::latest))
                : training.train(request, orders);
    }

    /** The last checkpoint of a run that needs no more training. */
    private Optional<Manifest> completed(RunRequest request) {
        return checkpoints
                .run(request.run())
                .filter(stored ->
                        stored.identity().specDigest().equals(request.spec().digest()))
                .map(RunStatus::latest)
                .filter(manifest -> manifest.step() == request.spec().steps());
    }

    private void cancel(RunRequest request, Optional<Manifest> newest) {
        long step = newest.map(Manifest::step).orElse(0L);
        LOG.infof("run %s was cancelled; it has a checkpoint of step %d", request.run(), step);
        publish(request, RunEvent.State.CANCELLED, step, null, null);
    }

    private void complete(RunRequest request, Manifest manifest) {
        Sha256 weights = manifest.blob(Blob.PARAMS).sha256();
        LOG.infof("run %s completed with %d steps, weights %s", request.run(), manifest.step(), weights);
        publish(request, RunEvent.State.COMPLETED, manifest.step(), null, weights);
    }

    private void publish(
            RunRequest request, RunEvent.State state, long step, @Nullable String reason, @Nullable Sha256 weights) {
        events.publish(new RunEvent(request.run(), state, step, reason, weights, clock.instant()));
        events.flush();
    }

    private void report(RunRequest request, RuntimeException failure, StopSignal stop) {
        String reason = "run '%s': %s".formatted(request.run(), failure.getMessage());
        if (!stop.isStopped()) {
            status.waits(RUN, reason);
        }
        if (failure instanceof FencedException || failure instanceof UnavailableException) {
            LOG.warn(reason);
        } else {
            LOG.error(reason, failure);
        }
    }
}
