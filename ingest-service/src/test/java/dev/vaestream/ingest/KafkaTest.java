package dev.vaestream.ingest;

import dev.vaestream.contracts.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class KafkaTest extends KafkaContract {
    @Inject
    KafkaClients clients;

    @Inject
    Log log;

    @Inject
    Outbox outbox;

    @Inject
    Topics topics;

    @Override
    Log log() {
        return log;
    }

    @Override
    Outbox outbox() {
        return outbox;
    }

    @Override
    StreamWriters writers() {
        return new KafkaStreamWriters(clients, Duration.ofSeconds(30));
    }

    @Override
    Topics topics() {
        return topics;
    }
}
