package dev.vaestream.trainer;

import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.vae.StepResult;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Consumes the batches of a run until its last step or until it is to end before. One thread; every decision depends on the
 * batches alone, and the last step is always saved.
 */
final class TrainingLoop {
    private final RunSpec spec;
    private final NavigableSet<Long> ahead;
    private final BatchSource source;
    private final TrainingModel model;
    private final Checkpointer checkpointer;
    private final RunReporter reporter;
    private final RunOrders orders;
    private final RunMeter meter;
    private final RunProgress progress;
    private final LossLog losses;
    private OptionalLong latest;

    /**
     * @param start where the run stands; the model holds that state
     * @param latest the newest checkpoint's step, which is {@code start}'s; empty before the first
     * @param ahead steps of checkpoints that are to be stored again; up to the last of them, none is between
     */
    TrainingLoop(
            RunSpec spec,
            Progress start,
            OptionalLong latest,
            NavigableSet<Long> ahead,
            BatchSource source,
            TrainingModel model,
            Checkpointer checkpointer,
            RunReporter reporter,
            RunOrders orders,
            LossLog losses,
            RunMeter meter) {
        this.spec = spec;
        this.ahead = ahead;
        this.source = source;
        this.model = model;
        this.checkpointer = checkpointer;
        this.reporter = reporter;
        this.orders = orders;
        this.losses = losses;
        this.meter = meter;
        this.progress = new RunProgress(start);
        this.latest = latest;
    }

    /**
     * Trains. What it saves is committed when it returns: the last step always, that of a pause or a cancellation too, and
     * where its trainer is to stop, what the spec's policy makes of a preemption.
     *
     * @throws RunFailedException where the loss is not a number any more; the last checkpoint then stays as it is
     */
    Ending run() {
        saveIfDue(false);
        while (!complete()) {
            Optional<PreparedBatch> batch = orders.goesOn() ? next() : Optional.empty();
            if (batch.isPresent()) {
                consume(batch.get());
                saveIfDue(false);
            } else if (!goesOnAfterAPause()) {
                break;
            }
        }
        boolean cancelled = !complete() && orders.cancelled();
        if (cancelled) {
            force();
        } else {
            saveIfDue(true);
        }
        checkpointer.await();
        if (complete()) {
            return Ending.COMPLETE;
        }
        return cancelled ? Ending.CANCELLED : Ending.STOPPED;
    }

    private boolean goesOnAfterAPause() {
        if (orders.paused()) {
            force();
            checkpointer.await();
            reporter.report(RunEvent.State.PAUSED, progress.step());
            orders.awaitEndOfPause();
            if (orders.goesOn()) {
                reporter.report(RunEvent.State.RESUMED, progress.step());
            }
        }
        return orders.goesOn();
    }

    private boolean complete() {
        return progress.step() == spec.steps();
    }

    private Optional<PreparedBatch> next() {
        try {
            return source.next();
        } catch (RunFailedException e) {
            throw e.at(progress.step());
        }
    }

    private void consume(PreparedBatch batch) {
        Optional<StepResult> result = Optional.empty();
        if (batch instanceof PreparedBatch.Trainable trainable) {
            result = Optional.of(step(trainable));
        } else {
            meter.skipped();
        }
        progress.consume(batch);
        losses.consume(batch.sequence(), result, progress.step()).forEach(reporter::report);
    }

    private StepResult step(PreparedBatch.Trainable batch) {
        StepResult result = CrashPoint.STEP.around(
                () -> model.step(batch.batch().images(), batch.batch().labels(), batch.noise()));
        Losses loss = result.losses();
        if (!Double.isFinite(loss.loss()) || !Double.isFinite(result.gradientNorm())) {
            throw new RunFailedException(
                    progress.step(),
                    "the loss of batch %d is %s and its gradient norm %s; a smaller learning rate may help"
                            .formatted(batch.sequence(), loss.loss(), result.gradientNorm()));
        }
        meter.stepped(loss.loss());
        return result;
    }

    private void saveIfDue(boolean preempted) {
        if (isDue(preempted)) {
            save();
        }
    }

    /** Saves whatever the spec's policy says, because the run's owner counts on it. */
    private void force() {
        if (!isBehind()) {
            save();
        }
    }

    /** Whether checkpoints that are to be stored again still come. */
    private boolean isBehind() {
        return !ahead.isEmpty() && progress.step() <= ahead.last();
    }

    private void save() {
        if (latest.isEmpty() || latest.getAsLong() < progress.step()) {
            checkpointer.save(progress.with(losses.window(), losses.epoch()), model::snapshot);
            latest = OptionalLong.of(progress.step());
        }
    }

    private boolean isDue(boolean preempted) {
        long step = progress.step();
        if (isBehind()) {
            // What is not stored ahead was retired, or never due, and would not fit between those that are.
            return ahead.contains(step);
        }
        // What it was forked from may be deleted, so nothing may depend on that for longer than the first save.
        boolean forked = latest.isEmpty() && spec.forkedFrom() != null;
        return forked || complete() || spec.checkpoints().shouldSave(step, latest, preempted);
    }
}
