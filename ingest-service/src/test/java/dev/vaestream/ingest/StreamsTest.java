package dev.vaestream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.StreamRequest;
import dev.vaestream.contracts.StreamStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsTest {
    private static final String TINY = "{'stream':'s','dataset':'tiny','batchSize':4,'epochs':%d,'partitions':2}";
    private static final String OUTSIDE = "{'stream':'x','shape':{'height':2,'width':3},'batchSize':2}";

    @TempDir
    Path directory;

    private final InMemoryKafka kafka = new InMemoryKafka(TestingStreams.TOPICS);
    private final List<String> published = new ArrayList<>();
    private Streams streams;

    @BeforeEach
    void start() {
        TestingDataset.write(directory, 22);
        streams = restarted();
    }

    @Test
    void aNewStreamIsDefinedAndPublished() {
        boolean made = streams.make(request(TINY.formatted(3)));

        assertThat(made).isTrue();
        assertThat(kafka.readAll("streams")).extracting(LogRecord::key).containsExactly("s");
        assertThat(published).containsExactly("s");
    }

    @Test
    void aNewStreamHasItsTopic() {
        streams.make(request(TINY.formatted(3)));

        assertThat(kafka.ends("batches.s", 2)).hasSize(2);
    }

    @Test
    void theSameStreamAgainIsNotDefinedTwice() {
        streams.make(request(TINY.formatted(3)));

        boolean made = streams.make(request(TINY.formatted(3)));

        assertThat(made).isFalse();
        assertThat(kafka.readAll("streams")).hasSize(1);
    }

    @Test
    void moreEpochsAreDefinedAndPublished() {
        streams.make(request(TINY.formatted(3)));

        streams.make(request(TINY.formatted(4)));

        assertThat(streams.find("s").spec().epochs()).isEqualTo(4);
        assertThat(kafka.readAll("streams")).hasSize(2);
        assertThat(published).containsExactly("s", "s");
    }

    @Test
    void aTopicThatBelongsToNoStreamIsNotTaken() {
        kafka.createTopic("batches.s", 2);

        assertThatThrownBy(() -> streams.make(request(TINY.formatted(3))))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Topic batches.s exists and belongs to no stream; delete it or choose another name");
        assertThat(kafka.readAll("streams")).isEmpty();
    }

    @Test
    void whatKafkaRefusedToDefineIsNoStream() {
        kafka.accept(0);

        assertThatThrownBy(() -> streams.make(request(TINY.formatted(3))))
                .isInstanceOf(KafkaUnavailableException.class);
        assertThatThrownBy(() -> streams.find("s")).isInstanceOf(RefusedException.class);
    }

    @Test
    void aStreamFromOutsideIsNotPublished() {
        streams.make(request(OUTSIDE));

        assertThat(published).isEmpty();
    }

    @Test
    void aStreamWithADatasetTakesNoBatchesFromOutside() {
        streams.make(request(TINY.formatted(3)));

        assertThatThrownBy(() -> streams.findExternal("s"))
                .hasMessage("Stream 's' is published from dataset 'tiny'; it takes no batches from outside");
    }

    @Test
    void streamsAreListedByName() {
        streams.make(request(OUTSIDE));
        streams.make(request(TINY.formatted(3)));

        assertThat(streams.all()).extracting(StreamStatus::topic).containsExactly("batches.s", "batches.x");
    }

    @Test
    void aRestartedServiceKnowsItsStreamsAndGoesOnPublishing() {
        streams.make(request(TINY.formatted(3)));
        streams.make(request(TINY.formatted(4)));
        published.clear();

        Streams restarted = recover();

        assertThat(restarted.find("s").spec().epochs()).isEqualTo(4);
        assertThat(published).containsExactly("s");
    }

    @Test
    void aRestartedServiceKnowsHowFarAStreamFromOutsideHasCome() {
        streams.make(request(OUTSIDE));
        kafka.append("batches.x", 0, "0", TestingStreams.batch(0, 1).encode());
        kafka.append("batches.x", 0, "1", TestingStreams.batch(1, 1).encode());

        Streams restarted = recover();

        assertThat(restarted.find("x").status().published()).isEqualTo(2);
    }

    @Test
    void aKillBeforeTheTopicWasMadeIsMadeGood() {
        streams.make(request(TINY.formatted(3)));
        kafka.deleteTopic("batches.s");

        recover();

        assertThat(kafka.ends("batches.s", 2)).hasSize(2);
    }

    @Test
    void aRestartedServiceSaysWhichStreamIsBroken() {
        streams.make(request(OUTSIDE));
        kafka.append("batches.x", 0, "5", new byte[0]);

        Streams restarted = recover();

        assertThat(restarted.find("x").status().problem()).startsWith("Partition 0 of stream 'x' has offsets 0 to 1");
    }

    @Test
    void aBrokenStreamTakesNoBatches() {
        streams.make(request(OUTSIDE));
        kafka.append("batches.x", 0, "5", new byte[0]);

        Streams restarted = recover();

        assertThatThrownBy(() -> restarted.findExternal("x"))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("Partition 0 of stream 'x' has offsets 0 to 1");
    }

    @Test
    void aRecordThatNobodyCanReadIsPassedOver() {
        kafka.append("streams", 0, "junk", new byte[] {1, 2});
        streams.make(request(OUTSIDE));

        assertThat(recover().all()).hasSize(1);
    }

    private Streams recover() {
        Streams restarted = restarted();
        Runs runs =
                new Runs(kafka, new RunEvents(kafka, TestingStreams.TOPICS), Clock.systemUTC(), Duration.ofSeconds(1));
        new Recovery(TestingStreams.TOPICS, kafka, restarted, runs).run();
        return restarted;
    }

    private Streams restarted() {
        return new Streams(
                new Datasets(Map.of("tiny", directory)),
                TestingStreams.TOPICS,
                kafka,
                kafka,
                Duration.ofSeconds(1),
                stream -> published.add(stream.spec().stream()));
    }

    private static StreamRequest request(String json) {
        return Json.read(json.replace('\'', '"').getBytes(UTF_8), StreamRequest.class);
    }
}
