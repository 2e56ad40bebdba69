package dev.vaestream.trainer;

import dev.vaestream.contracts.TopicDefinition;
import dev.vaestream.contracts.Topics;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A broker with the topics that services need, and a checkpoint service. */
public final class TestingStack implements QuarkusTestResourceLifecycleManager {
    static final Topics TOPICS = new Topics("test.");

    private final TestingBroker broker = new TestingBroker();
    private final FakeCheckpointService checkpoints = new FakeCheckpointService();

    @Override
    public Map<String, String> start() {
        for (TopicDefinition topic : TOPICS.definitions()) {
            broker.createTopic(topic.name(), topic.partitions());
        }
        return Map.of(
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "vaestream.topic-prefix",
                TOPICS.prefix(),
                "vaestream.trainer.checkpoint-service",
                checkpoints.uri().toString(),
                "mp.messaging.incoming.runs.heartbeat.interval.ms",
                "300",
                "quarkus.http.test-port",
                "0",
                "quarkus.log.category.\"kafka\".level",
                "WARN",
                "quarkus.log.category.\"org.apache.kafka\".level",
                "WARN",
                "quarkus.log.category.\"state.change.logger\".level",
                "WARN");
    }

    @Override
    public void stop() {
        checkpoints.close();
        broker.close();
    }
}
