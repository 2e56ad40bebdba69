package dev.vaestream.trainer;

import dev.vaestream.contracts.StreamSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Streams over logs in memory; Kafka can be told to be away. */
final class FakeStreams implements Streams {
    private final Map<String, StreamSpec> specs = new HashMap<>();
    private final Map<String, InMemoryLog> logs = new HashMap<>();
    private volatile boolean away;

    FakeStreams(StreamSpec stream, InMemoryLog log) {
        add(stream, log);
    }

    /** One more. */
    void add(StreamSpec stream, InMemoryLog log) {
        specs.put(stream.stream(), stream);
        logs.put(stream.stream(), log);
    }

    void away(boolean value) {
        away = value;
    }

    @Override
    public Optional<StreamSpec> find(String name) {
        if (away) {
            throw new UnavailableException("Kafka is away");
        }
        return Optional.ofNullable(specs.get(name));
    }

    @Override
    public TopicIdentity identify(StreamSpec known) {
        return new TopicIdentity("batches." + known.stream(), "topic-id", "cluster-id");
    }

    @Override
    public PartitionReader open(StreamSpec known) {
        return Objects.requireNonNull(logs.get(known.stream())).reader(1);
    }
}
