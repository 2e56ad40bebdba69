package dev.vaestream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Batch;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the service expects of Kafka, and so of the fake that stands for it in tests. */
abstract class KafkaContract {
    private final String stream = "c" + UUID.randomUUID();

    abstract Log log();

    abstract Outbox outbox();

    abstract StreamWriters writers();

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
                .extracting(PartitionEnd::last)
                .extracting(LogRecord::partition, LogRecord::key, LogRecord::value)
                .containsExactly(tuple(0, "3", value(3)), tuple(1, "4", value(4)), tuple(2, "2", value(2)));
    }

    @Test
    void aBatchIsReadByItsSequence() {
        StreamSpec spec = spec(2);
        log().createTopic(topics().batches(stream), 2);
        for (int i = 0; i < 10; i++) {
            publish(spec, 2 * i, 2);
        }

        for (long sequence = 0; sequence < 20; sequence++) {
            LogRecord read = log().batch(topics().batches(stream), (int) (sequence % 2), sequence);
            assertThat(read.key()).isEqualTo(Long.toString(sequence));
            assertThat(read.value()).isEqualTo(value(sequence));
        }
    }

    @Test
    void aBatchThatIsNotThereIsNotRead() {
        log().createTopic(topics().batches(stream), 1);
        publish(spec(1), 3);

        assertThatThrownBy(() -> log().batch(topics().batches(stream), 0, 3))
                .isInstanceOf(KafkaUnavailableException.class);
    }

    @Test
    void theOffsetOfTheLastBatchIsGiven() {
        StreamSpec spec = spec(1);
        log().createTopic(topics().batches(stream), 1);
        publish(spec, 3);

        long offset;
        try (StreamWriter writer = writers().claim(published(spec))) {
            offset = writer.append(List.of(batch(3), batch(4)));
        }

        assertThat(log().batch(topics().batches(stream), 0, 4).offset()).isEqualTo(offset);
    }

    @Test
    void whoeverClaimsAStreamLastWrites() {
        StreamSpec spec = spec(2);
        log().createTopic(topics().batches(stream), 2);
        try (StreamWriter first = writers().claim(published(spec))) {
            first.append(List.of(batch(0), batch(1)));
            try (StreamWriter second = writers().claim(published(spec))) {
                assertThatThrownBy(() -> first.append(List.of(batch(2))))
                        .isInstanceOf(RefusedException.class)
                        .returns(Refusal.OTHER_WRITER, e -> ((RefusedException) e).refusal());

                second.append(List.of(batch(2), batch(3)));
            }
        }

        assertThat(keys()).containsExactly("0", "2", "1", "3");
    }

    @Test
    void writersOfDifferentStreamsDoNotDisturbEachOther() {
        StreamSpec spec = spec(1);
        StreamSpec other = spec("o" + stream, 1);
        log().createTopic(topics().batches(stream), 1);
        log().createTopic(topics().batches(other.stream()), 1);
        try (StreamWriter one = writers().claim(published(spec));
                StreamWriter two = writers().claim(published(other))) {
            one.append(List.of(batch(0)));
            two.append(List.of(batch(0)));
            one.append(List.of(batch(1)));
        }

        assertThat(keys()).containsExactly("0", "1");
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
        return spec(stream, partitions);
    }

    private static StreamSpec spec(String name, int partitions) {
        return new StreamSpec(name, null, null, 0, TestingStreams.SHAPE, 10, 2, 0, false, 0, partitions);
    }

    private PublishedStream published(StreamSpec spec) {
        return new PublishedStream(spec, topics().batches(spec.stream()), StreamTail.empty(spec));
    }

    private void publish(StreamSpec spec, int batches) {
        publish(spec, 0, batches);
    }

    private void publish(StreamSpec spec, int first, int batches) {
        try (StreamWriter writer = writers().claim(published(spec))) {
            writer.append(() -> IntStream.range(first, first + batches)
                    .mapToObj(KafkaContract::batch)
                    .iterator());
        }
    }

    private List<String> keys() {
        return log().readAll(topics().batches(stream)).stream()
                .map(LogRecord::key)
                .toList();
    }

    private static Batch batch(long sequence) {
        return TestingStreams.batch(sequence, 1);
    }

    private static ByteString value(long sequence) {
        return ByteString.copyFrom(batch(sequence).encode());
    }

    private static boolean holds(LogRecord record, String key, byte[] value) {
        return Objects.equals(record.key(), key) && Objects.equals(record.value(), ByteString.copyFrom(value));
    }
}
