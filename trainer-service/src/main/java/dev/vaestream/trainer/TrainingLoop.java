package dev.vaestream.trainer;

import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.vae.StepResult;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Consumes the batches of a run until its last step or until it is to stop. One thread; every decision depends on the
 * batches alone, and the last step is always saved.
 */
final class TrainingLoop {
    private final RunSpec spec;
    private final BatchSource source;
    private final TrainingModel model;
    private final Checkpointer checkpointer;
    private final Consumer<MetricsEvent> metrics;
    private final RunMeter meter;
    private final RunProgress progress;
    private final LossLog losses;
    private OptionalLong latest;

    /**
     * @param start where the run stands; the model holds that state
     * @param latest the newest checkpoint's step, which is {@code start}'s; empty before the first
     */
    TrainingLoop(
            RunSpec spec,
            Progress start,
            OptionalLong latest,
            BatchSource source,
            TrainingModel model,
            Checkpointer checkpointer,
            Consumer<MetricsEvent> metrics,
            LossLog losses,
            RunMeter meter) {
        this.spec = spec;
        this.source = source;
        this.model = model;
        this.checkpointer = checkpointer;
        this.metrics = metrics;
        this.losses = losses;
        this.meter = meter;
        this.progress = new RunProgress(start);
        this.latest = latest;
    }

    /**
     * Trains. What it saves is committed when it returns: the last step always, and where it is stopped, what the spec's
     * policy makes of a preemption.
     *
     * @return whether the run is complete; if not, it was stopped
     * @throws RunFailedException where the loss is not a number any more; the last checkpoint then stays as it is
     */
    boolean run() {
        saveIfDue(false);
        while (progress.step() < spec.steps()) {
            Optional<PreparedBatch> batch = next();
            if (batch.isEmpty()) {
                break;
            }
            consume(batch.get());
            saveIfDue(false);
        }
        saveIfDue(true);
        checkpointer.await();
        return complete();
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
        losses.consume(batch.sequence(), result, progress.step()).forEach(metrics);
    }

    private StepResult step(PreparedBatch.Trainable batch) {
        StepResult result = model.step(batch.batch().images(), batch.batch().labels(), batch.noise());
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
        boolean unsaved = latest.isEmpty() || latest.getAsLong() < progress.step();
        if (unsaved && (complete() || spec.checkpoints().shouldSave(progress.step(), latest, preempted))) {
            checkpointer.save(progress.with(losses.window(), losses.epoch()), model::state);
            latest = OptionalLong.of(progress.step());
        }
    }
}
