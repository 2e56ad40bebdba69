package dev.vaestream.sampler;

import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.Topics;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Records of the topics that tell of runs, put on the board. One that cannot be read is left out. */
final class RunRecords {
    private static final Logger LOG = Logger.getLogger(RunRecords.class);

    private final Map<String, Consumer<byte[]>> readers;

    RunRecords(Topics topics, RunBoard board) {
        this.readers = Map.of(
                topics.streams(), value -> board.define(Json.read(value, StreamSpec.class)),
                topics.runs(), value -> board.ask(Json.read(value, RunRequest.class)),
                topics.runEvents(), value -> board.become(Json.read(value, RunEvent.class)),
                topics.metrics(), value -> board.add(Json.read(value, MetricsEvent.class)));
    }

    /** The topics that are read. */
    static List<String> names(Topics topics) {
        return List.of(topics.streams(), topics.runs(), topics.runEvents(), topics.metrics());
    }

    /** @param value absent where the record says that its key is gone */
    void accept(String topic, byte @Nullable [] value) {
        Consumer<byte[]> reader = readers.get(topic);
        if (reader == null || value == null) {
            return;
        }
        try {
            reader.accept(value);
        } catch (InvalidJsonException e) {
            LOG.debugf("A record of topic %s is left out: %s", topic, e.getMessage());
        }
    }
}
