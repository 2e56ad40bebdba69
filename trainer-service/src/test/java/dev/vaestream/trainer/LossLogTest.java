package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vaestream.contracts.LossSums;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.vae.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The loss of batch g is g, so that sums are those of whole numbers. Epochs have 25 batches. */
class LossLogTest {
    private long now;

    @Test
    void theFirstWindowOfAnEpochHoldsOneBatchMore() {
        List<MetricsEvent> events = consume(log(25, 10), 0, 25, Set.of());

        assertThat(windows(events)).containsExactly(11L, 21L);
        assertThat(losses(events)).containsExactly(55 / 10.0, 155 / 10.0, 300 / 25.0);
    }

    @Test
    void sumsBeginAgainWithEachEpoch() {
        List<MetricsEvent> events = consume(log(50, 10), 0, 50, Set.of());

        assertThat(windows(events)).containsExactly(11L, 21L, 36L, 46L);
        assertThat(losses(events).subList(3, 6)).containsExactly(330 / 10.0, (36 + 45) / 2.0, (25 + 49) / 2.0);
        assertThat(events).extracting(MetricsEvent::epoch).containsExactly(0, 0, 0, 1, 1, 1);
    }

    @Test
    void theLastStepEndsTheEpochToo() {
        List<MetricsEvent> events = consume(log(5, 10), 0, 5, Set.of());

        assertThat(events).containsExactly(new MetricsEvent.Epoch("run", 5, 0, 5, new Losses(2, 1, 0.5)));
    }

    @Test
    void aWindowThatASkippedBatchWouldEndGoesOnAndReportsItsMean() {
        List<MetricsEvent> events = consume(log(25, 10), 0, 25, Set.of(10L));

        assertThat(windows(events)).containsExactly(21L);
        assertThat(losses(events)).containsExactly((210 - 10) / 20.0, (300 - 10) / 24.0);
    }

    @Test
    void aRunThatBeginsWithinAWindowReportsItsMean() {
        List<MetricsEvent> events = consume(log(100, 10), 17, 21, Set.of());

        assertThat(losses(events)).containsExactly((17 + 18 + 19 + 20) / 4.0);
    }

    @Test
    void anEpochThatWasSkippedWholeReportsNothing() {
        assertThat(consume(log(3, 10), 0, 3, Set.of(0L, 1L, 2L))).isEmpty();
    }

    @Test
    void aWindowKnowsItsRate() {
        List<MetricsEvent> events = consume(log(25, 10), 0, 21, Set.of());

        assertThat(events)
                .extracting(event -> ((MetricsEvent.Window) event).examplesPerSecond())
                .allSatisfy(rate -> assertThat(rate).isCloseTo(Fixtures.BATCH_SIZE * 1e3, within(1e-6)));
    }

    private LossLog log(long steps, int logEvery) {
        RunSpec spec = Fixtures.spec(steps, 100, logEvery);
        Progress start = RunProgress.begin(spec, Fixtures.stream(2, 1));
        assertThat(start.window()).isEqualTo(LossSums.ZERO);
        return new LossLog(new RunRequest("run", spec), Fixtures.stream(2, 1), start, () -> now);
    }

    /** Each step takes a millisecond. */
    private List<MetricsEvent> consume(LossLog log, long first, long end, Set<Long> skipped) {
        List<MetricsEvent> events = new ArrayList<>();
        for (long sequence = first; sequence < end; sequence++) {
            now += 1_000_000;
            Optional<StepResult> result = skipped.contains(sequence)
                    ? Optional.empty()
                    : Optional.of(new StepResult(new Losses(sequence, sequence / 2.0, sequence / 4.0), 1e-4, 1));
            events.addAll(log.consume(sequence, result, sequence + 1));
        }
        return events;
    }

    private static List<Long> windows(List<MetricsEvent> events) {
        return events.stream()
                .filter(MetricsEvent.Window.class::isInstance)
                .map(MetricsEvent::step)
                .toList();
    }

    private static List<Double> losses(List<MetricsEvent> events) {
        return events.stream()
                .map(event -> event instanceof MetricsEvent.Window window
                        ? window.losses()
                        : ((MetricsEvent.Epoch) event).losses())
                .map(Losses::loss)
                .toList();
    }
}
