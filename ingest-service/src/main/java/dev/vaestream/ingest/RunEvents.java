package dev.vaestream.ingest;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.Topics;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What the trainers say of their runs. Read anew for each question: they are few, and seldom asked for. */
final class RunEvents {
    private static final Logger LOGGER = Logger.getLogger(RunEvents.class);

    private final Log log;
    private final String topic;

    RunEvents(Log log, Topics topics) {
        this.log = log;
        this.topic = topics.runEvents();
    }

    /**
     * The last that was said of a run, as far as it can be read.
     *
     * @throws KafkaUnavailableException where Kafka does not answer
     */
    Optional<RunEvent.State> last(String run) {
        return log.readAll(topic).stream()
                .filter(record -> run.equals(record.key()))
                .reduce((earlier, later) -> later)
                .flatMap(RunEvents::parse)
                .map(RunEvent::state);
    }

    private static Optional<RunEvent> parse(LogRecord record) {
        ByteString value = record.value();
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(value.toByteArray(), RunEvent.class));
        } catch (InvalidJsonException e) {
            LOGGER.errorf("Passed over the run event at offset %d: %s", record.offset(), e.getMessage());
            return Optional.empty();
        }
    }
}
