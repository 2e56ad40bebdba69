package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.CheckpointEvent.Change;
import dev.vaestream.contracts.Sha256;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<CheckpointEvent> taken = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile boolean broken;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Announcer announcer = new Announcer(this::publish, Duration.ofMillis(10), meters);

    @AfterEach
    void close() {
        announcer.close();
    }

    @Test
    void eventsAreTakenInTheirOrder() {
        List<CheckpointEvent> events =
                List.of(event(100, Change.COMMITTED), event(200, Change.COMMITTED), event(300, Change.COMMITTED));

        events.forEach(announcer);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(taken).isEqualTo(events));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(announcer.waiting()).isZero());
    }

    @Test
    void whatIsNotTakenWaitsAndIsTakenLater() {
        away = true;
        announcer.accept(event(100, Change.COMMITTED));
        announcer.accept(event(200, Change.COMMITTED));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(announcer.fault()).isEqualTo("Kafka is away"));
        assertThat(announcer.waiting()).isEqualTo(2);

        away = false;

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(taken).extracting(CheckpointEvent::step).containsExactly(100L, 200L));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(announcer.fault()).isEmpty());
        assertThat(meters.counter("vaestream.checkpoint.events.failures").count())
                .isPositive();
    }

    @Test
    void ofACheckpointOnlyTheNewestEventWaits() {
        away = true;
        announcer.accept(event(100, Change.COMMITTED));
        announcer.accept(event(100, Change.RETIRED));
        assertThat(announcer.waiting()).isEqualTo(1);

        away = false;

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(taken).contains(event(100, Change.RETIRED)));
        assertThat(taken).doesNotContain(event(100, Change.COMMITTED));
    }

    @Test
    void theOldestAreLetGoWhenTooManyWait() {
        away = true;

        for (int step = 1; step <= 1_100; step++) {
            announcer.accept(event(step, Change.COMMITTED));
        }

        assertThat(announcer.waiting()).isEqualTo(1_000);
        away = false;
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(taken)
                        .extracting(CheckpointEvent::step)
                        .contains(1_100L)
                        .doesNotContain(2L));
    }

    @Test
    void aPublisherThatThrowsIsTriedAgain() {
        broken = true;
        announcer.accept(event(100, Change.COMMITTED));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(announcer.fault()).isEqualTo("the channel is full"));

        broken = false;

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(taken).hasSize(1));
    }

    private CompletionStage<Void> publish(CheckpointEvent event) {
        if (broken) {
            throw new IllegalStateException("the channel is full");
        }
        if (away) {
            return CompletableFuture.failedFuture(new IllegalStateException("Kafka is away"));
        }
        taken.add(event);
        return CompletableFuture.completedFuture(null);
    }

    private static CheckpointEvent event(long step, Change change) {
        return new CheckpointEvent("demo", step, change, Sha256.EMPTY, Examples.NOW);
    }
}
