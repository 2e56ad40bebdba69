package dev.vaestream.checkpoint;

import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.Json;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** The channel {@code checkpoints}. */
@Singleton
class CheckpointEvents {
    static final String CHANNEL = "checkpoints";

    private final MutinyEmitter<byte[]> emitter;

    CheckpointEvents(@Channel(CHANNEL) MutinyEmitter<byte[]> emitter) {
        this.emitter = emitter;
    }

    /** Completes once Kafka has the event. */
    CompletionStage<Void> publish(CheckpointEvent event) {
        OutgoingKafkaRecordMetadata<String> record = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(event.key())
                .build();
        return emitter.sendMessage(Message.of(Json.write(event), Metadata.of(record)))
                .subscribeAsCompletionStage();
    }
}
