package dev.vaestream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the service expects of Kafka, and so of the fake that stands for it in tests. */
abstract class KafkaContract {
    private final String stream = "c" + UUID.randomUUID();

    abstract Log log();

    abstract Outbox outbox();

    abstract Topics topics();

    @Test
    void aTopicIsMissingUntilItIsMade() {
        String topic = topics().batches(stream);
        assertThat(log().missing(List.of(topic, topics().runs()))).containsExactly(topic);

        log().createTopic(topic, 1);

        assertThat(log().missing(List.of(topic, topics().runs()))).isEmpty();
    }

    @Test
    void aTopicMayBeMadeTwice() {
        log().createTopic(topics().batches(stream), 2);

        log().createTopic(topics().batches(stream), 2);

        assertThat(log().ends(topics().batches(stream), 2)).hasSize(2);
    }

    @Test
    void aTopicWithAnotherNumberOfPartitionsIsRefused() {
        log().createTopic(topics().batches(stream), 2);

        assertThatThrownBy(() -> log().createTopic(topics().batches(stream), 3))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Topic %s has 2 partitions, not 3".formatted(topics().batches(stream)));
    }

    @Test
    void anEmptyPartitionHasNoLastRecord() {
        log().createTopic(topics().batches(stream), 1);

        assertThat(log().ends(topics().batches(stream), 1)).containsExactly(new PartitionEnd(0, 0, null));
    }

    @Test
    void aBatchIsInThePartitionOfItsSequence() {
        StreamSpec spec = spec(3);
        log().createTopic(topics().batches(stream), 3);

        publish(spec, 5);

        assertThat(log().ends(topics().batches(stream), 3))
                .containsExactly(
                        new PartitionEnd(0, 2, record(0, 1, 3)),
                        new PartitionEnd(0, 2, record(1, 1, 4)),
                        new PartitionEnd(0, 1, record(2, 0, 2)));
    }

    @Test
    void aRecordIsReadByItsOffset() {
        StreamSpec spec = spec(2);
        log().createTopic(topics().batches(stream), 2);
        publish(spec, 6);

        LogRecord read = log().read(topics().batches(stream), 1, 1);

        assertThat(read).isEqualTo(record(1, 1, 3));
    }

    @Test
    void allRecordsOfAPartitionAreReadInOrder() {
        StreamSpec spec = spec(1);
        log().createTopic(topics().batches(stream), 1);
        publish(spec, 300);

        List<LogRecord> read = log().readAll(topics().batches(stream));

        assertThat(read).extracting(LogRecord::offset).hasSize(300).isSorted();
    }

    @Test
    void aStreamIsKeyedByItsName() {
        StreamSpec spec = spec(1);

        outbox().stream(spec).toCompletableFuture().join();

        assertThat(log().readAll(topics().streams())).anyMatch(record -> holds(record, stream, Json.write(spec)));
    }

    @Test
    void aRunIsKeyedByItsName() {
        RunRequest run = new RunRequest(stream, RunSpec.defaults("s", 5));

        outbox().run(run).toCompletableFuture().join();

        assertThat(log().readAll(topics().runs())).anyMatch(record -> holds(record, stream, Json.write(run)));
    }

    @Test
    void aRunEventIsKeyedByItsRun() {
        RunEvent event = new RunEvent(stream, RunEvent.State.QUEUED, 0, null, null, Instant.EPOCH);

        outbox().runEvent(event).toCompletableFuture().join();

        assertThat(log().readAll(topics().runEvents())).anyMatch(record -> holds(record, stream, Json.write(event)));
    }

    private StreamSpec spec(int partitions) {
        return new StreamSpec(stream, null, null, 0, TestingStreams.SHAPE, 10, 2, 0, false, 0, partitions);
    }

    private void publish(StreamSpec spec, int batches) {
        for (int i = 0; i < batches; i++) {
            outbox().batch(spec, i, TestingStreams.batch(i, 1).encode())
                    .toCompletableFuture()
                    .join();
        }
    }

    private static LogRecord record(int partition, long offset, long sequence) {
        byte[] batch = TestingStreams.batch(sequence, 1).encode();
        return new LogRecord(partition, offset, Long.toString(sequence), ByteString.copyFrom(batch));
    }

    private static boolean holds(LogRecord record, String key, byte[] value) {
        return Objects.equals(record.key(), key) && Objects.equals(record.value(), ByteString.copyFrom(value));
    }
}
