package dev.vaestream.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void everyNameHasThePrefix() {
        Topics topics = new Topics("team-a.");

        assertThat(topics.definitions()).extracting(TopicDefinition::name).allMatch(name -> name.startsWith("team-a."));
    }

    @Test
    void aStreamHasATopicOfItsOwn() {
        assertThat(new Topics("").batches("mnist")).isEqualTo("batches.mnist");
    }

    @Test
    void whatIsOnlyTheNewestOfItsKeyIsCompacted() {
        assertThat(new Topics("").definitions())
                .filteredOn(topic -> topic.config().containsValue("compact"))
                .extracting(TopicDefinition::name)
                .containsExactly("streams", "run-controls", "run-events", "checkpoints");
    }

    @Test
    void theQueueIsKeptForEver() {
        assertThat(new Topics("").definitions())
                .filteredOn(topic -> topic.name().equals("runs"))
                .extracting(topic -> topic.config().get("retention.ms"))
                .containsExactly("-1");
    }

    @Test
    void aPrefixThatKafkaWouldRefuseIsRefused() {
        assertThatThrownBy(() -> new Topics("a/b")).hasMessageContaining("topic prefix is 'a/b'");
    }

    @Test
    void aStreamNameThatIsNoNameHasNoTopic() {
        assertThatThrownBy(() -> new Topics("").batches("../x"))
                .hasMessage("stream is '../x'; it must be 1 to 63 lower-case letters, digits and inner dashes");
    }
}
