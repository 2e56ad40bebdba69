package dev.vaestream.trainer;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** Publishes run events and metrics under the run's name, and dead letters under the record's place. */
final class KafkaEventLog implements EventLog {
    /** A dead letter must fit into its topic, which takes 1 MiB with all headers by default. */
    private static final int MAX_DEAD_LETTER = 900 << 10;

    private final EventPublisher runEvents;
    private final EventPublisher metrics;
    private final EventPublisher deadLetters;

    KafkaEventLog(EventPublisher runEvents, EventPublisher metrics, EventPublisher deadLetters) {
        this.runEvents = runEvents;
        this.metrics = metrics;
        this.deadLetters = deadLetters;
    }

    @Override
    public void publish(RunEvent event) {
        runEvents.send(Json.write(event), metadata(event.run(), new RecordHeaders()));
    }

    @Override
    public void publish(MetricsEvent event) {
        metrics.send(Json.write(event), metadata(event.run(), new RecordHeaders()));
    }

    @Override
    public void publish(DeadLetter letter) {
        Headers headers =
                new RecordHeaders().add("reason", letter.reason().name().getBytes(StandardCharsets.UTF_8));
        ByteString value = letter.value();
        if (value.size() > MAX_DEAD_LETTER) {
            headers.add("original-bytes", Integer.toString(value.size()).getBytes(StandardCharsets.UTF_8));
            value = value.substring(0, MAX_DEAD_LETTER);
        }
        deadLetters.send(value.toByteArray(), metadata(letter.key(), headers));
    }

    @Override
    public void flush() {
        runEvents.flush();
        metrics.flush();
        deadLetters.flush();
    }

    private static Metadata metadata(String key, Headers headers) {
        return Metadata.of(OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(key)
                .withHeaders(headers)
                .build());
    }
}
