package dev.vaestream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaWatchTest {
    private final InMemoryKafka kafka = new InMemoryKafka(TestingStreams.TOPICS);
    private final Runs runs =
            new Runs(kafka, new RunEvents(kafka, TestingStreams.TOPICS), Clock.systemUTC(), Duration.ofSeconds(1));
    private final Streams streams = new Streams(
            new Datasets(Map.of()), TestingStreams.TOPICS, kafka, kafka, Duration.ofSeconds(1), stream -> {});
    private final KafkaWatch watch =
            new KafkaWatch(TestingStreams.TOPICS, kafka, new Recovery(TestingStreams.TOPICS, kafka, streams, runs));

    @Test
    void beforeTheFirstLookTheServiceIsNotReady() {
        assertThatThrownBy(watch::requireReady)
                .isInstanceOf(RefusedException.class)
                .returns(Refusal.NOT_READY, e -> ((RefusedException) e).refusal());
    }

    @Test
    void withKafkaAndItsTopicsTheServiceIsReady() {
        watch.look();

        assertThatCode(watch::requireReady).doesNotThrowAnyException();
    }

    @Test
    void missingTopicsAreNamed() {
        kafka.deleteTopic("runs");
        kafka.deleteTopic("metrics");

        watch.look();

        assertThat(watch.problem()).contains("Topics are missing: metrics, runs");
    }

    @Test
    void whileKafkaIsAwayTheServiceIsNotReady() {
        watch.look();
        kafka.down(true);

        watch.look();

        assertThat(watch.problem()).contains("Kafka is away");
    }

    @Test
    void whenKafkaComesTheServiceRemembersItsRuns() {
        RunRequest run = new RunRequest("a", RunSpec.defaults("s", 5));
        kafka.run(run);
        kafka.down(true);
        watch.look();
        kafka.down(false);

        watch.look();

        assertThat(runs.find("a")).contains(run);
    }
}
