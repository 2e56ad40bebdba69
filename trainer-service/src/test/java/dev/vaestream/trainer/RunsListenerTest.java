package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.WantedState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunsListenerTest {
    private final RecordingEventLog events = new RecordingEventLog();
    private final RunOwnership ownership = new RunOwnership(Duration.ofSeconds(1));
    private final RunsListener listener = new RunsListener(taker(), ownership);

    @AfterEach
    void close() {
        listener.close();
    }

    @Test
    void anOffsetThatIsNotCommittedEndsNoSubscription() throws Exception {
        CompletionStage<Void> taken = listener.take(
                unreadable(() -> CompletableFuture.failedFuture(new IllegalStateException("Kafka is away"))));

        taken.toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(events.deadLetters()).hasSize(1);
    }

    private static Message<byte[]> unreadable(Supplier<CompletionStage<Void>> ack) {
        byte[] value = "{".getBytes(StandardCharsets.UTF_8);
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>("runs", 3, 0, "demo", value);
        return Message.of(value, Metadata.of(new IncomingKafkaRecordMetadata<>(record, "runs")), ack);
    }

    private RunTaker taker() {
        Backoff backoff = new Backoff(Duration.ofMillis(5), Duration.ofMillis(20));
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        TrainerStatus status = new TrainerStatus();
        CheckpointClient client = new CheckpointClient(
                HttpClient.newHttpClient(), URI.create("http://127.0.0.1:1"), Duration.ofSeconds(1));
        RunTraining training = new RunTraining(
                "test",
                new FakeStreams(Fixtures.stream(2, 1), new InMemoryLog(1)),
                (spec, batchSize) -> new DigestModel(),
                client,
                events,
                new TrainerMeter(new SimpleMeterRegistry(), System::nanoTime),
                backoff,
                status,
                clock,
                0);
        RunWorker worker = new RunWorker(
                client, training, new KnownControls(() -> WantedState.RUNNING), events, backoff, status, clock);
        return new RunTaker(ownership, worker, events, backoff, status, clock);
    }
}
