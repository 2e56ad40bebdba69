package dev.vaestream.ingest;

import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.StreamStatus;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A stream as this service knows it now. Safe for many threads. */
final class PublishedStream {
    private final String topic;
    private final ReentrantLock writer = new ReentrantLock(true);
    private StreamSpec spec;
    private StreamTail tail;
    private @Nullable String problem;

    PublishedStream(StreamSpec spec, String topic, StreamTail tail) {
        this.spec = spec;
        this.topic = topic;
        this.tail = tail;
    }

    /** Held by the one that appends batches. */
    ReentrantLock writer() {
        return writer;
    }

    synchronized StreamSpec spec() {
        return spec;
    }

    synchronized void grow(StreamSpec more) {
        spec = more;
    }

    synchronized StreamTail tail() {
        return tail;
    }

    /** What Kafka really holds, read anew. */
    synchronized void reset(StreamTail read) {
        tail = read;
    }

    synchronized void acknowledged(long sequence) {
        tail = tail.with(sequence);
    }

    /** Why it does not go on; absent while it does. */
    synchronized void problem(@Nullable String why) {
        problem = why;
    }

    synchronized boolean complete() {
        return tail.published() >= spec.batches();
    }

    String topic() {
        return topic;
    }

    synchronized StreamStatus status() {
        return new StreamStatus(spec, topic, tail.published(), problem);
    }
}
