package dev.vaestream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.Dataset;
import dev.vaestream.contracts.DatasetException;
import dev.vaestream.contracts.StreamSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamPublisherTest {
    private static final int EXAMPLES = 22;

    @TempDir
    Path directory;

    private final InMemoryKafka kafka = new InMemoryKafka(TestingStreams.TOPICS);
    private Dataset dataset;

    @BeforeEach
    void writeDataset() {
        dataset = Dataset.read(TestingDataset.write(directory, EXAMPLES));
    }

    @Test
    void everyBatchIsPublishedOnceAndInOrder() throws Exception {
        PublishedStream stream = stream(3, 2);

        publisher().publish(stream);

        assertThat(stream.status().published()).isEqualTo(15);
        assertThat(published(2)).isEqualTo(expected(15));
    }

    @Test
    void aStreamThatWasCutOffAnywhereIsCompletedWithExactlyWhatIsMissing() throws Exception {
        for (int partitions = 1; partitions <= 3; partitions++) {
            for (int cut = 0; cut <= 15; cut++) {
                kafka.deleteTopic("batches.s");
                kafka.accept(cut);
                attempt(stream(3, partitions));
                kafka.accept(Integer.MAX_VALUE);

                publisher().publish(stream(3, partitions));

                assertThat(published(partitions)).as("cut after %d", cut).isEqualTo(expected(15));
            }
        }
    }

    @Test
    void aPartitionThatIsBehindIsFilledWithoutDoublingTheOthers() throws Exception {
        StreamSpec spec = TestingStreams.fromDataset(dataset, 3, 3);
        BatchAssembler assembler = new BatchAssembler(spec, dataset);
        kafka.createTopic("batches.s", 3);
        for (long sequence : new long[] {0, 3, 6, 2}) {
            byte[] batch = assembler.batch(sequence).encode();
            kafka.append("batches.s", (int) (sequence % 3), Long.toString(sequence), batch);
        }

        publisher().publish(stream(3, 3));

        assertThat(published(3)).isEqualTo(expected(15));
    }

    @Test
    void moreEpochsAppendToWhatIsThere() throws Exception {
        PublishedStream stream = stream(2, 2);
        publisher().publish(stream);

        stream.grow(TestingStreams.fromDataset(dataset, 3, 2));
        publisher().publish(stream);

        assertThat(published(2)).isEqualTo(expected(15));
    }

    @Test
    void aCompleteStreamIsLeftAlone() throws Exception {
        publisher().publish(stream(3, 1));
        kafka.accept(0);

        publisher().publish(stream(3, 1));

        assertThat(published(1)).hasSize(15);
    }

    @Test
    void anotherDatasetIsNeverAppended() {
        StreamSpec spec = TestingStreams.fromDataset(dataset, 3, 1);
        PublishedStream stream = new PublishedStream(spec, "batches.s", StreamTail.empty(spec));
        TestingDataset.write(directory, EXAMPLES + 1);

        assertThatThrownBy(() -> publisher().publish(stream))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(
                        "Dataset 'tiny' has changed since stream 's' was begun: its digest was " + dataset.digest());
        assertThat(published(1)).isEmpty();
    }

    @Test
    void whoCannotPublishTakesTheStreamFromNobody() throws Exception {
        PublishedStream stream = stream(3, 1);
        kafka.createTopic("batches.s", 1);
        StreamWriter writer = kafka.claim(stream);
        TestingDataset.write(directory, EXAMPLES + 1);

        assertThatThrownBy(() -> publisher().publish(stream)).isInstanceOf(DatasetException.class);

        BatchAssembler assembler = new BatchAssembler(stream.spec(), dataset);
        assertThat(writer.append(List.of(assembler.batch(0)))).isZero();
    }

    @Test
    void aTopicThatHoldsSomethingElseIsLeftAlone() {
        kafka.createTopic("batches.s", 1);
        kafka.append("batches.s", 0, "7", new byte[] {1});

        assertThatThrownBy(() -> publisher().publish(stream(3, 1)))
                .isInstanceOf(RefusedException.class)
                .returns(Refusal.STREAM_BROKEN, e -> ((RefusedException) e).refusal());
    }

    @Test
    void everyAcknowledgedBatchIsCounted() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        StreamPublisher publisher =
                new StreamPublisher(datasets(), kafka, appender(), 1000, registry.counter("batches"));

        publisher.publish(stream(3, 1));

        assertThat(registry.counter("batches").count()).isEqualTo(15);
    }

    private void attempt(PublishedStream stream) throws InterruptedException {
        try {
            publisher().publish(stream);
        } catch (KafkaUnavailableException e) {
            assertThat(e).hasMessageContaining("no room for batches.s");
        }
    }

    private PublishedStream stream(int epochs, int partitions) {
        StreamSpec spec = TestingStreams.fromDataset(dataset, epochs, partitions);
        return new PublishedStream(spec, "batches.s", StreamTail.empty(spec));
    }

    private StreamPublisher publisher() {
        return new StreamPublisher(datasets(), kafka, appender(), 100, new SimpleMeterRegistry().counter("batches"));
    }

    private StreamAppender appender() {
        return new StreamAppender(kafka, kafka, Clock.systemUTC(), Duration.ofSeconds(10));
    }

    private Datasets datasets() {
        return new Datasets(Map.of("tiny", directory));
    }

    /** All batches in the order of their sequences, read as the trainer reads them. */
    private List<Batch> published(int partitions) {
        List<List<LogRecord>> records = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            int wanted = partition;
            records.add(kafka.readAll("batches.s").stream()
                    .filter(record -> record.partition() == wanted)
                    .toList());
        }
        int batches = records.stream().mapToInt(List::size).sum();
        return IntStream.range(0, batches)
                .mapToObj(i -> records.get(i % partitions).get(i / partitions))
                .map(record -> Batch.decode(
                        Objects.requireNonNull(record.value(), "value is null").toByteArray()))
                .toList();
    }

    private List<Batch> expected(int batches) {
        StreamSpec spec = TestingStreams.fromDataset(dataset, 3, 1);
        List<Batch> expected = new ArrayList<>();
        for (int sequence = 0; sequence < batches; sequence++) {
            int[] examples = new EpochOrder(spec).examples(sequence / 5, sequence % 5);
            ByteString images = ByteString.EMPTY;
            byte[] labels = new byte[4];
            for (int i = 0; i < 4; i++) {
                images = images.concat(ByteString.copyFrom(TestingDataset.pixels(examples[i])));
                labels[i] = (byte) (examples[i] % 10);
            }
            expected.add(new Batch(
                    sequence,
                    sequence / 5,
                    sequence % 5,
                    5,
                    TestingStreams.SHAPE,
                    10,
                    images,
                    ByteString.copyFrom(labels)));
        }
        return expected;
    }
}
