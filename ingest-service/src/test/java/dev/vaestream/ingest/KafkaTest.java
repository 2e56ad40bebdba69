package dev.vaestream.ingest;

import dev.vaestream.contracts.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class KafkaTest extends KafkaContract {
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
    Topics topics() {
        return topics;
    }
}
