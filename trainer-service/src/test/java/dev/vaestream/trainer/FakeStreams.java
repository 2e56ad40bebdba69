package dev.vaestream.trainer;

import dev.vaestream.contracts.StreamSpec;
import java.util.Optional;

/** One stream over a log in memory; Kafka can be told to be away. */
final class FakeStreams implements Streams {
    private final StreamSpec stream;
    private final InMemoryLog log;
    private volatile boolean away;

    FakeStreams(StreamSpec stream, InMemoryLog log) {
        this.stream = stream;
        this.log = log;
    }

    void away(boolean value) {
        away = value;
    }

    @Override
    public Optional<StreamSpec> find(String name) {
        if (away) {
            throw new UnavailableException("Kafka is away");
        }
        return Optional.of(stream).filter(known -> known.stream().equals(name));
    }

    @Override
    public TopicIdentity identify(StreamSpec known) {
        return new TopicIdentity("batches." + known.stream(), "topic-id", "cluster-id");
    }

    @Override
    public PartitionReader open(StreamSpec known) {
        return log.reader(1);
    }
}
