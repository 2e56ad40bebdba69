package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.Sha256;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunViewTest {
    private static final Sha256 WEIGHTS = Sha256.of(new byte[] {1});

    private final RunView view = new RunView(1_000);

    @Test
    void aRunThatNobodyHasHeardOfIsNotFinished() {
        assertThat(view.finished()).isFalse();
        assertThat(view.trainingTime()).isZero();
    }

    @Test
    void metricsMoveTheProgress() {
        view.apply(event(RunEvent.State.STARTED, 0, 0));
        window(100, 2);
        window(300, 4);

        assertThat(view.progress()).isEqualTo(new ProgressBar.Progress(300, 1_000, 75));
    }

    @Test
    void aResumedRunGoesBackToItsCheckpoint() {
        view.apply(event(RunEvent.State.STARTED, 0, 0));
        window(900, 9);
        view.apply(event(RunEvent.State.RESUMED, 500, 20));

        assertThat(view.progress()).isEqualTo(new ProgressBar.Progress(500, 1_000, 0));
    }

    @Test
    void aResumedRunSaysFromWhere() {
        view.apply(event(RunEvent.State.STARTED, 0, 0));
        assertThat(view.resumedFrom()).isEmpty();

        view.apply(event(RunEvent.State.RESUMED, 500, 20));

        assertThat(view.resumedFrom()).hasValue(500);
    }

    @Test
    void timeWithoutATrainerIsNoTrainingTime() {
        view.apply(event(RunEvent.State.STARTED, 0, 0));
        window(900, 9);
        view.apply(event(RunEvent.State.RESUMED, 500, 20));
        window(1_000, 25);

        assertThat(view.trainingTime()).isEqualTo(Duration.ofSeconds(9 + 5));
    }

    @Test
    void aRunIsFinishedWhenItsLastMetricsHaveComeToo() {
        view.apply(event(RunEvent.State.STARTED, 0, 0));
        view.apply(completed(12));
        assertThat(view.finished()).isFalse();

        epoch(1, 1_000, 11);

        assertThat(view.finished()).isTrue();
        assertThat(view.weights()).contains(WEIGHTS);
    }

    @Test
    void anEpochThatIsSentAgainCountsOnce() {
        epoch(0, 600, 5);
        epoch(0, 600, 9);
        epoch(1, 1_000, 12);

        assertThat(view.epochs()).containsOnlyKeys(0, 1);
        assertThat(view.lastEpoch()).contains(new Losses(1, 2, 3));
    }

    @Test
    void aFailureHasItsReason() {
        view.apply(new RunEvent("demo", RunEvent.State.FAILED, 7, "the loss is NaN", null, at(1)));

        assertThat(view.failure()).contains("the loss is NaN");
    }

    @Test
    void stepsPerSecondAreOverTheWholeTraining() {
        view.apply(event(RunEvent.State.STARTED, 0, 0));
        window(100, 9);
        window(1_000, 10);

        assertThat(view.stepsPerSecond()).isEqualTo(100);
    }

    private void window(long step, long second) {
        view.apply(new MetricsEvent.Window("demo", step, 0, (int) step, new Losses(1, 2, 3), 1e-4, 1, 1), at(second));
    }

    private void epoch(int epoch, long step, long second) {
        view.apply(new MetricsEvent.Epoch("demo", step, epoch, step, new Losses(1, 2, 3)), at(second));
    }

    private static RunEvent event(RunEvent.State state, long step, long second) {
        return event(state, step, second, null);
    }

    private static RunEvent completed(long second) {
        return event(RunEvent.State.COMPLETED, 1_000, second, WEIGHTS);
    }

    private static RunEvent event(RunEvent.State state, long step, long second, @Nullable Sha256 weights) {
        return new RunEvent("demo", state, step, null, weights, at(second));
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
