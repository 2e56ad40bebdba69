package dev.vaestream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.ForkedFrom;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.RunControl;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.WantedState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunsTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final StreamSpec STREAM = TestingStreams.external(1);

    private final InMemoryKafka kafka = new InMemoryKafka(TestingStreams.TOPICS);
    private final Runs runs = new Runs(
            kafka,
            new RunEvents(kafka, TestingStreams.TOPICS),
            Clock.fixed(NOON, ZoneOffset.UTC),
            Duration.ofMillis(20));

    @Test
    void aRunGoesIntoTheQueue() {
        RunRequest request = request("a", 5);

        boolean queued = runs.queue(request, STREAM);

        assertThat(queued).isTrue();
        assertThat(kafka.readAll("runs"))
                .extracting(LogRecord::value)
                .containsExactly(ByteString.copyFrom(Json.write(request)));
    }

    @Test
    void aQueuedRunHasAnEvent() {
        runs.queue(request("a", 5), STREAM);

        RunEvent event = new RunEvent("a", RunEvent.State.QUEUED, 0, null, null, NOON);
        assertThat(kafka.readAll("run-events"))
                .extracting(LogRecord::value)
                .containsExactly(ByteString.copyFrom(Json.write(event)));
    }

    @Test
    void theSameRunAgainIsNotQueuedTwice() {
        runs.queue(request("a", 5), STREAM);

        boolean queued = runs.queue(request("a", 5), STREAM);

        assertThat(queued).isFalse();
        assertThat(kafka.readAll("runs")).hasSize(1);
    }

    @Test
    void aFailedRunIsQueuedAgain() {
        runs.queue(request("a", 5), STREAM);
        kafka.runEvent(new RunEvent("a", RunEvent.State.FAILED, 3, "no such stream", null, NOON));

        boolean queued = runs.queue(request("a", 5), STREAM);

        assertThat(queued).isTrue();
        assertThat(kafka.readAll("runs")).hasSize(2);
    }

    @Test
    void aCancelledRunIsQueuedAgainAndWanted() {
        runs.queue(request("a", 5), STREAM);
        runs.control("a", WantedState.CANCELLED);
        kafka.runEvent(new RunEvent("a", RunEvent.State.CANCELLED, 3, null, null, NOON));

        assertThat(runs.queue(request("a", 5), STREAM)).isTrue();

        assertThat(kafka.readAll("run-controls"))
                .extracting(LogRecord::value)
                .last()
                .isEqualTo(ByteString.copyFrom(Json.write(new RunControl("a", WantedState.RUNNING, NOON))));
    }

    @Test
    void whatIsWantedOfARunIsSaid() {
        runs.queue(request("a", 5), STREAM);

        RunControl control = runs.control("a", WantedState.PAUSED);

        assertThat(control).isEqualTo(new RunControl("a", WantedState.PAUSED, NOON));
        assertThat(kafka.readAll("run-controls"))
                .extracting(LogRecord::key, LogRecord::value)
                .containsExactly(tuple("a", ByteString.copyFrom(Json.write(control))));
    }

    @Test
    void nothingIsWantedOfARunThatWasNeverQueued() {
        assertThatThrownBy(() -> runs.control("a", WantedState.PAUSED))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Run 'a' was never queued");
    }

    @Test
    void nothingIsWantedOfARunThatHasEnded() {
        runs.queue(request("a", 5), STREAM);
        kafka.runEvent(new RunEvent("a", RunEvent.State.COMPLETED, 5, null, null, NOON));

        assertThatThrownBy(() -> runs.control("a", WantedState.PAUSED))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Run 'a' is completed; a failed or cancelled run goes on when it is queued again");
    }

    @Test
    void aRunThatIsQueuedAgainIsNotQueuedAThirdTime() {
        runs.queue(request("a", 5), STREAM);
        kafka.runEvent(new RunEvent("a", RunEvent.State.FAILED, 3, "no such stream", null, NOON));
        runs.queue(request("a", 5), STREAM);

        assertThat(runs.queue(request("a", 5), STREAM)).isFalse();
    }

    @Test
    void theFailureOfAnotherRunDoesNotCount() {
        runs.queue(request("a", 5), STREAM);
        kafka.runEvent(new RunEvent("b", RunEvent.State.FAILED, 3, "no such stream", null, NOON));

        assertThat(runs.queue(request("a", 5), STREAM)).isFalse();
    }

    @Test
    void anotherSpecUnderTheSameNameIsRefused() {
        runs.queue(request("a", 5), STREAM);

        assertThatThrownBy(() -> runs.queue(request("a", 6), STREAM))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Run 'a' exists with another spec");
    }

    @Test
    void aRunFromAnEarlierLifeIsKnown() {
        runs.remember(request("a", 5));

        assertThat(runs.queue(request("a", 5), STREAM)).isFalse();
    }

    @Test
    void theFirstRunOfANameCounts() {
        runs.remember(request("a", 5));
        runs.remember(request("a", 6));

        assertThat(runs.find("a")).contains(request("a", 5));
    }

    @Test
    void aRunThatDoesNotFitIsNeitherQueuedNorRemembered() {
        RunRequest request = new RunRequest("a", RunSpec.defaults("x", 5));

        assertThatThrownBy(() -> runs.queue(request, STREAM)).isInstanceOf(RefusedException.class);

        assertThat(kafka.readAll("run-events")).isEmpty();
        assertThat(runs.find("a")).isEmpty();
    }

    @Test
    void aRunThatKafkaRefusedMayBeQueuedAgain() {
        kafka.accept(1);
        assertThatThrownBy(() -> runs.queue(request("a", 5), STREAM)).isInstanceOf(KafkaUnavailableException.class);
        kafka.accept(2);

        assertThat(runs.queue(request("a", 5), STREAM)).isTrue();
    }

    @Test
    void aRunThatIsNotAcknowledgedYetIsNotFound() {
        kafka.beSilent();

        assertThatThrownBy(() -> runs.queue(request("a", 5), STREAM))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Kafka has not acknowledged the run within 20 ms; send the same again");
        assertThat(runs.find("a")).isEmpty();
    }

    @Test
    void aRunThatWasAcknowledgedLateIsNotQueuedTwice() {
        kafka.beSilent();
        assertThatThrownBy(() -> runs.queue(request("a", 5), STREAM)).isInstanceOf(RefusedException.class);
        kafka.speak();

        boolean queued = runs.queue(request("a", 5), STREAM);

        assertThat(queued).isFalse();
        assertThat(kafka.readAll("runs")).hasSize(1);
    }

    @Test
    void aForkThatDoesNotFitItsSourceIsNotQueued() {
        runs.queue(request("a", 5), STREAM);

        assertThatThrownBy(() -> runs.queue(request("b", 9, new ForkedFrom("a", 6)), STREAM))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Field spec.forkedFrom.step: is 6; run 'a' has 5 steps");
        assertThat(runs.find("b")).isEmpty();
    }

    @Test
    void aForkOfARunThatOnlyTheTrainersCanKnowIsQueued() {
        assertThat(runs.queue(request("b", 9, new ForkedFrom("a", 6)), STREAM)).isTrue();
    }

    private static RunRequest request(String run, long steps) {
        return request(run, steps, null);
    }

    private static RunRequest request(String run, long steps, @Nullable ForkedFrom fork) {
        RunSpec defaults = RunSpec.defaults("x", steps);
        ModelSpec model = new ModelSpec(2, List.of(4), List.of(TestingDataset.PIXELS), 10);
        return new RunRequest(
                run,
                new RunSpec(
                        "x",
                        0,
                        steps,
                        model,
                        defaults.klWeight(),
                        defaults.seed(),
                        defaults.prng(),
                        defaults.optimizer(),
                        defaults.checkpoints(),
                        defaults.logEvery(),
                        null,
                        fork,
                        null,
                        null));
    }
}
