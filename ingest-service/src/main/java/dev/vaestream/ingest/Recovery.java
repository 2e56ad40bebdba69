package dev.vaestream.ingest;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reads from Kafka what this service said to it in an earlier life. */
final class Recovery {
    private static final Logger LOGGER = Logger.getLogger(Recovery.class);

    private final Topics topics;
    private final Log log;
    private final Streams streams;
    private final Runs runs;

    Recovery(Topics topics, Log log, Streams streams, Runs runs) {
        this.topics = topics;
        this.log = log;
        this.streams = streams;
        this.runs = runs;
    }

    /** May be done again after a failure in the middle. */
    void run() {
        log.readAll(topics.runs())
                .forEach(record -> read(topics.runs(), record, RunRequest.class).ifPresent(runs::remember));
        Map<String, StreamSpec> newest = new LinkedHashMap<>();
        log.readAll(topics.streams())
                .forEach(record -> read(topics.streams(), record, StreamSpec.class)
                        .ifPresentOrElse(spec -> newest.put(spec.stream(), spec), () -> newest.remove(record.key())));
        newest.values().forEach(streams::recover);
        streams.resume();
    }

    /** A record that nobody can read must not keep the service from all others. */
    private static <T> Optional<T> read(String topic, LogRecord record, Class<T> type) {
        ByteString value = record.value();
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(value.toByteArray(), type));
        } catch (InvalidJsonException e) {
            LOGGER.errorf(
                    "Passed over the record at offset %d of partition %d of %s: %s",
                    record.offset(), record.partition(), topic, e.getMessage());
            return Optional.empty();
        }
    }
}
