package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Topics;
import dev.vaestream.local.TopicExam.Present;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TopicExamTest {
    private static final Topics TOPICS = new Topics("");
    private static final Map<String, String> FOREVER =
            Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");

    private final Map<String, Present> present = new TreeMap<>();

    TopicExamTest() {
        TOPICS.definitions()
                .forEach(topic -> present.put(topic.name(), new Present(topic.partitions(), 3, topic.config())));
    }

    @Test
    void topicsAsTheyMustBeAreGood() {
        assertThat(examine(3)).hasSameSizeAs(TOPICS.definitions()).allMatch(Finding::holds);
    }

    @Test
    void aTopicThatIsNotThereIsNamedWithWhatItMustHave() {
        present.remove("runs");

        assertThat(bad(3))
                .containsExactly(Finding.bad(
                        "topic runs",
                        "is not there",
                        "make it with 8 partitions and {cleanup.policy=delete, retention.bytes=-1, retention.ms=-1}"));
    }

    @Test
    void whatIsUnlikeIsSaidAsItIsFound() {
        present.put("run-events", new Present(2, 3, Map.of("cleanup.policy", "delete")));

        assertThat(bad(3))
                .containsExactly(Finding.bad(
                        "topic run-events",
                        "has 2 partitions and {cleanup.policy=delete}",
                        "it must have 1 partitions and {cleanup.policy=compact}"));
    }

    @Test
    void whatKafkaAddsDoesNotMatter() {
        Map<String, String> config = new HashMap<>(FOREVER);
        config.put("segment.ms", "7");
        present.put("runs", new Present(8, 3, config));

        assertThat(bad(3)).isEmpty();
    }

    @Test
    void oneReplicaIsEnoughOnOneBrokerOnly() {
        present.put("streams", new Present(1, 1, Map.of("cleanup.policy", "compact")));

        assertThat(bad(1)).isEmpty();
        assertThat(bad(3)).extracting(Finding::subject).containsExactly("topic streams");
    }

    @Test
    void aStreamThatLosesBatchesIsBad() {
        Map<String, String> config = new HashMap<>(FOREVER);
        config.put("retention.ms", "604800000");

        assertThat(TopicExam.stream("batches.mnist", new Present(1, 1, FOREVER), 1)
                        .holds())
                .isTrue();
        assertThat(TopicExam.stream("batches.mnist", new Present(1, 1, config), 1)
                        .text())
                .startsWith("loses batches: {retention.ms=604800000}");
    }

    private List<Finding> examine(int brokers) {
        return TopicExam.examine(TOPICS.definitions(), present, brokers);
    }

    private List<Finding> bad(int brokers) {
        return examine(brokers).stream().filter(finding -> !finding.holds()).toList();
    }
}
