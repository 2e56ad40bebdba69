package dev.vaestream.sampler;

import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The topics that tell of runs, from their beginning. Nothing but the page depends on them. */
@Singleton
final class RunChannel {
    static final String CHANNEL = "runs";

    private final RunRecords records;

    RunChannel(RunRecords records) {
        this.records = records;
    }

    @Incoming(CHANNEL)
    CompletionStage<Void> onRecord(Message<byte[]> message) {
        message.getMetadata(IncomingKafkaRecordMetadata.class)
                .ifPresent(record -> records.accept(record.getTopic(), message.getPayload()));
        return message.ack();
    }
}
