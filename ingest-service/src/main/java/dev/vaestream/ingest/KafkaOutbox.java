package dev.vaestream.ingest;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunControl;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.Topics;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.eclipse.microprofile.reactive.messaging.OnOverflow.Strategy;

/** The outgoing channels. Their buffers have no bound of their own: callers wait for answers. */
@Singleton
final class KafkaOutbox implements Outbox {
    private final Topics topics;
    private final MutinyEmitter<byte[]> streams;
    private final MutinyEmitter<byte[]> runs;
    private final MutinyEmitter<byte[]> runControls;
    private final MutinyEmitter<byte[]> runEvents;

    @Inject
    KafkaOutbox(
            Topics topics,
            @Channel("streams") @OnOverflow(Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> streams,
            @Channel("runs") @OnOverflow(Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> runs,
            @Channel("run-controls") @OnOverflow(Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> runControls,
            @Channel("run-events") @OnOverflow(Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> runEvents) {
        this.topics = topics;
        this.streams = streams;
        this.runs = runs;
        this.runControls = runControls;
        this.runEvents = runEvents;
    }

    @Override
    public CompletionStage<Void> stream(StreamSpec stream) {
        return send(streams, keyed(topics.streams(), stream.stream()), Json.write(stream));
    }

    @Override
    public CompletionStage<Void> run(RunRequest run) {
        return send(runs, keyed(topics.runs(), run.run()), Json.write(run));
    }

    @Override
    public CompletionStage<Void> runControl(RunControl control) {
        return send(runControls, keyed(topics.runControls(), control.run()), Json.write(control));
    }

    @Override
    public CompletionStage<Void> runEvent(RunEvent event) {
        return send(runEvents, keyed(topics.runEvents(), event.run()), Json.write(event));
    }

    private static OutgoingKafkaRecordMetadata<String> keyed(String topic, String key) {
        return OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(topic)
                .withKey(key)
                .build();
    }

    private static CompletionStage<Void> send(
            MutinyEmitter<byte[]> channel, OutgoingKafkaRecordMetadata<String> where, byte[] value) {
        return channel.sendMessage(Message.of(value, Metadata.of(where))).subscribeAsCompletionStage();
    }
}
