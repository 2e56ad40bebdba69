package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaPartitionReaderTest extends PartitionReaderContract {
    private static TestingBroker broker;
    private static TopicClient kafka;
    private static int topics;

    private String topic = "";

    @BeforeAll
    static void start() {
        broker = new TestingBroker();
        kafka = new TopicClient(broker.bootstrapServers(), new Topics(""));
    }

    @AfterAll
    static void stop() {
        kafka.close();
        broker.close();
    }

    @Override
    PartitionReader reader(int records, int trimmed) {
        topics++;
        topic = "batches.log" + topics;
        broker.createTopic(topic, 2);
        for (int i = 0; i < records; i++) {
            kafka.send(topic, 0, "k" + i, new byte[] {(byte) i});
            kafka.send(topic, 1, "k" + i, new byte[] {(byte) i});
        }
        if (trimmed > 0) {
            delete(0, trimmed);
            delete(1, trimmed);
        }
        return new KafkaPartitionReader(new KafkaClients(broker.common()).consumer(64), topic);
    }

    @Test
    void retentionThatOvertakesTheReaderEndsTheRun() {
        try (PartitionReader reader = reader(10, 0)) {
            reader.begin(Map.of(0, 2L), false);
            delete(0, 5);

            assertThatThrownBy(() -> pollUntilItFails(reader))
                    .isInstanceOf(RunFailedException.class)
                    .hasMessage(
                            "records that the run needs are gone: %s-0 begins at offset 5, and 2 is next; publish the"
                                    + " stream again, with longer retention, and begin another run on it",
                            topic);
        }
    }

    @Test
    void aLogThatEndsBeforeTheCheckpointIsWaitedFor() {
        try (PartitionReader reader = reader(10, 0)) {
            reader.begin(Map.of(0, 50L), false);

            assertThatThrownBy(() -> pollUntilItFails(reader))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("the log is shorter than it was");
        }
    }

    @Test
    void aStreamIsFoundByItsNewestSpec() {
        broker.createTopic("streams", 1);
        Streams streams = new StreamsInKafka(new KafkaClients(broker.common()), new Topics(""));
        StreamSpec stream = Fixtures.stream(2, 3);
        assertThat(streams.find("tiny")).isEmpty();

        kafka.createStream(stream);
        kafka.send("streams", 0, "other", new byte[] {1});
        assertThat(streams.find("tiny")).contains(stream);
        kafka.send("streams", 0, "tiny", dev.vaestream.contracts.Json.write(stream.withEpochs(5)));

        assertThat(streams.find("tiny")).contains(stream.withEpochs(5));
        assertThat(streams.find("other")).isEmpty();
        assertThat(streams.identify(stream))
                .extracting(
                        Streams.TopicIdentity::topic,
                        identity -> identity.topicId().length())
                .isEqualTo(tuple("batches.tiny", 22).toList());
    }

    @Test
    void aTopicThatIsNotThereIsWaitedFor() {
        Streams streams = new StreamsInKafka(new KafkaClients(broker.common()), new Topics("elsewhere."));

        assertThatThrownBy(() -> streams.find("tiny"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("elsewhere.streams");
        assertThatThrownBy(() -> streams.identify(Fixtures.stream(2, 3)))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("topic elsewhere.batches.tiny does not exist");
    }

    private static void pollUntilItFails(PartitionReader reader) {
        while (true) {
            assertThat(reader.poll(Duration.ofMillis(50))).isEmpty();
        }
    }

    private void delete(int partition, long before) {
        try (Admin admin = Admin.create(broker.common())) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
