package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RunOwnershipTest {
    private static final TopicPartition OURS = new TopicPartition("runs", 1);
    private static final TopicPartition OTHER = new TopicPartition("runs", 2);
    private static final Consumer<String, byte[]> CONSUMER = new MockConsumer<>("earliest");

    private final RunOwnership ownership = new RunOwnership(Duration.ofSeconds(20));

    @Test
    void aPartitionIsKeptUntilItsRunHasStopped() {
        StopSignal stop = ownership.begin(OURS).orElseThrow();

        CompletableFuture<Void> revoked = revoke(OURS);

        await().until(stop::isStopped);
        assertThat(revoked).isNotDone();
        ownership.end();
        revoked.join();
    }

    @Test
    void anotherPartitionDoesNotStopTheRun() {
        StopSignal stop = ownership.begin(OURS).orElseThrow();

        revoke(OTHER).join();

        assertThat(stop.isStopped()).isFalse();
    }

    @Test
    void aRunOfAPartitionThatIsGoneIsNotBegun() {
        revoke(OURS).join();

        assertThat(ownership.begin(OURS)).isEmpty();
    }

    @Test
    void aPartitionThatComesBackIsOursAgain() {
        revoke(OURS).join();

        ownership.onPartitionsAssigned(CONSUMER, List.of(OURS));

        assertThat(ownership.begin(OURS)).isPresent();
    }

    @Test
    void aRunThatDoesNotStopInTimeIsNotWaitedFor() {
        RunOwnership impatient = new RunOwnership(Duration.ofMillis(10));
        StopSignal stop = impatient.begin(OURS).orElseThrow();

        impatient.onPartitionsRevoked(CONSUMER, List.of(OURS));

        assertThat(stop.isStopped()).isTrue();
    }

    @Test
    void afterTheShutdownNoRunIsBegun() {
        ownership.shutDown();

        assertThat(ownership.begin(OURS)).isEmpty();
    }

    private CompletableFuture<Void> revoke(TopicPartition partition) {
        return CompletableFuture.runAsync(() -> ownership.onPartitionsRevoked(CONSUMER, List.of(partition)));
    }
}
