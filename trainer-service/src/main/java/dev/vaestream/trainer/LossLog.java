package dev.vaestream.trainer;

import dev.vaestream.contracts.LossSums;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.vae.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The losses that a run reports, as the tutorial logs them: sums begin again with each epoch; at index i of an epoch,
 * i &gt; 0 and a multiple of {@code logEvery}, the sum since the last report over {@code logEvery}, so that an epoch's
 * first report holds one batch more than it is divided by; and the mean of each epoch at its end or the run's. Where a
 * window has fewer batches, because the run began within it or bad ones were skipped, it reports their mean. A stream
 * without epochs is one epoch.
 */
final class LossLog {
    private final String run;
    private final RunSpec spec;
    private final int epochBatches;
    private final int batchSize;
    private final LongSupplier nanoTime;
    private LossSums window;
    private LossSums epoch;
    private long examples;
    private long since;

    LossLog(RunRequest request, StreamSpec stream, Progress progress, LongSupplier nanoTime) {
        this.run = request.run();
        this.spec = request.spec();
        this.epochBatches = stream.epochBatches();
        this.batchSize = stream.batchSize();
        this.nanoTime = nanoTime;
        this.window = progress.window();
        this.epoch = progress.epoch();
        this.since = nanoTime.getAsLong();
    }

    /**
     * Takes the next batch in.
     *
     * @param result of its step; absent where it was skipped
     * @param step steps made, with it
     * @return what is to be reported now, mostly nothing
     */
    List<MetricsEvent> consume(long sequence, Optional<StepResult> result, long step) {
        long index = index(sequence);
        if (index == 0) {
            window = LossSums.ZERO;
            epoch = LossSums.ZERO;
        }
        result.ifPresent(this::add);
        boolean windowEnds = index > 0 && index % spec.logEvery() == 0 && result.isPresent();
        boolean epochEnds = (index + 1 == epochBatches || step == spec.steps()) && epoch.batches() > 0;
        if (!windowEnds && !epochEnds) {
            return List.of();
        }
        List<MetricsEvent> events = new ArrayList<>();
        if (windowEnds) {
            events.add(endWindow(sequence, result.orElseThrow(), step));
        }
        if (epochEnds) {
            events.add(new MetricsEvent.Epoch(run, step, epochOf(sequence), epoch.batches(), epoch.mean()));
        }
        return events;
    }

    LossSums window() {
        return window;
    }

    LossSums epoch() {
        return epoch;
    }

    private void add(StepResult result) {
        window = window.plus(result.losses());
        epoch = epoch.plus(result.losses());
        examples += batchSize;
    }

    private MetricsEvent endWindow(long sequence, StepResult last, long step) {
        boolean whole = window.batches() == spec.logEvery() + 1L;
        Losses losses = whole ? window.over(spec.logEvery()) : window.mean();
        long now = nanoTime.getAsLong();
        double seconds = Math.max(1, now - since) / (double) TimeUnit.SECONDS.toNanos(1);
        MetricsEvent event = new MetricsEvent.Window(
                run,
                step,
                epochOf(sequence),
                (int) index(sequence),
                losses,
                last.learningRate(),
                last.gradientNorm(),
                examples / seconds);
        window = LossSums.ZERO;
        examples = 0;
        since = now;
        return event;
    }

    private long index(long sequence) {
        return epochBatches == 0 ? sequence : sequence % epochBatches;
    }

    private int epochOf(long sequence) {
        return epochBatches == 0 ? 0 : (int) (sequence / epochBatches);
    }
}
