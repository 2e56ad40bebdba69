package dev.vaestream.ingest;

import dev.vaestream.contracts.Topics;

class InMemoryKafkaTest extends KafkaContract {
    private final InMemoryKafka kafka = new InMemoryKafka(TestingStreams.TOPICS);

    @Override
    Log log() {
        return kafka;
    }

    @Override
    Outbox outbox() {
        return kafka;
    }

    @Override
    StreamWriters writers() {
        return kafka;
    }

    @Override
    Topics topics() {
        return TestingStreams.TOPICS;
    }
}
