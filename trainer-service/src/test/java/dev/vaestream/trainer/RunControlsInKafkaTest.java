package dev.vaestream.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunControl;
import dev.vaestream.contracts.Topics;
import dev.vaestream.contracts.WantedState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunControlsInKafkaTest {
    private static TestingBroker broker;
    private static TopicClient kafka;
    private static int prefixes;

    private Topics topics = new Topics("");

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

    @BeforeEach
    void createTopic() {
        prefixes++;
        topics = new Topics("controls" + prefixes + ".");
        broker.createTopic(topics.runControls(), 2);
    }

    @Test
    void whatWasWantedBeforeTheTrainerBeganIsKnown() {
        want("demo", WantedState.PAUSED);

        try (RunControlsInKafka controls = controls()) {
            controls.catchUp();

            assertThat(controls.wanted("demo")).isEqualTo(WantedState.PAUSED);
        }
    }

    @Test
    void aRunOfWhichNothingIsSaidIsToRun() {
        want("another", WantedState.CANCELLED);

        try (RunControlsInKafka controls = controls()) {
            controls.catchUp();

            assertThat(controls.wanted("demo")).isEqualTo(WantedState.RUNNING);
        }
    }

    @Test
    void aRunThatWasCancelledAndIsWantedAgainRuns() {
        want("demo", WantedState.CANCELLED);

        try (RunControlsInKafka controls = controls()) {
            controls.catchUp();
            want("demo", WantedState.RUNNING);
            controls.catchUp();

            assertThat(controls.wanted("demo")).isEqualTo(WantedState.RUNNING);
        }
    }

    @Test
    void whatIsSaidLaterIsKnownWithoutAsking() {
        try (RunControlsInKafka controls = controls()) {
            controls.catchUp();
            want("demo", WantedState.PAUSED);

            await().until(() -> controls.wanted("demo") == WantedState.PAUSED);
        }
    }

    @Test
    void aDeletedWishIsForgotten() {
        want("demo", WantedState.CANCELLED);
        kafka.send(topics.runControls(), null, "demo", null);

        try (RunControlsInKafka controls = controls()) {
            controls.catchUp();

            assertThat(controls.wanted("demo")).isEqualTo(WantedState.RUNNING);
        }
    }

    @Test
    void aRecordThatCannotBeReadIsPassedOver() {
        want("demo", WantedState.PAUSED);
        kafka.send(topics.runControls(), null, "demo", "{\"run\":".getBytes(UTF_8));

        try (RunControlsInKafka controls = controls()) {
            controls.catchUp();

            assertThat(controls.wanted("demo")).isEqualTo(WantedState.PAUSED);
        }
    }

    @Test
    void aTopicThatIsNotThereIsUnavailable() {
        topics = new Topics("nowhere.");

        try (RunControlsInKafka controls = controls()) {
            assertThatThrownBy(controls::catchUp)
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("nowhere.run-controls");
        }
    }

    private RunControlsInKafka controls() {
        Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofMillis(100));
        return new RunControlsInKafka(new KafkaClients(broker.common()), topics, backoff);
    }

    private void want(String run, WantedState wanted) {
        kafka.send(topics.runControls(), null, run, Json.write(new RunControl(run, wanted, Instant.EPOCH)));
    }
}
