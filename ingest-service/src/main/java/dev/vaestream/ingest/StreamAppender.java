package dev.vaestream.ingest;

import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.StreamSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Appends to streams, each as its only writer. A stream that another ingest has taken over is left to it as long as it
 * goes on; where it has stood still for a while, this one takes it over again. That time decides who writes and never
 * what is written: whoever writes has claimed the stream, and read its end after that.
 *
 * <p>Every method is called by the holder of {@link PublishedStream#writer()}.
 */
final class StreamAppender implements AutoCloseable {
    private final Log log;
    private final StreamWriters writers;
    private final Clock clock;
    private final Duration takeoverDelay;
    private final Map<PublishedStream, StreamWriter> claimed = new ConcurrentHashMap<>();
    private final Map<PublishedStream, Rival> rivals = new ConcurrentHashMap<>();

    /** @param takeoverDelay that a stream with another writer must have stood still before this one takes it over */
    StreamAppender(Log log, StreamWriters writers, Clock clock, Duration takeoverDelay) {
        this.log = log;
        this.writers = writers;
        this.clock = clock;
        this.takeoverDelay = takeoverDelay;
    }

    /**
     * Makes sure that this ingest is the stream's only writer and knows where it ends.
     *
     * @throws RefusedException where it has another writer, or its topic does not hold the stream's beginning
     * @throws KafkaUnavailableException where Kafka does not answer
     */
    void claim(PublishedStream stream) {
        if (isClaimed(stream)) {
            return;
        }
        requireNoRival(stream);
        StreamWriter writer = writers.claim(stream);
        try {
            look(stream);
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
        claimed.put(stream, writer);
        rivals.remove(stream);
    }

    /** Whether this ingest has claimed the stream, and does not know better since. */
    boolean isClaimed(PublishedStream stream) {
        return claimed.containsKey(stream);
    }

    /**
     * Appends the next batches of a stream that was claimed: all or none.
     *
     * @param batches in ascending sequence, the first the one that the stream waits for
     * @return the offset of the last
     * @throws RefusedException where another writer has the stream now
     * @throws KafkaUnavailableException where Kafka does not answer; claim it again to know what it has
     */
    long append(PublishedStream stream, Iterable<Batch> batches) {
        StreamWriter writer = claimed.get(stream);
        if (writer == null) {
            throw new IllegalStateException("stream " + stream.topic() + " was not claimed");
        }
        try {
            return writer.append(batches);
        } catch (RefusedException e) {
            rivals.put(stream, new Rival(stream.tail(), clock.instant()));
            release(stream);
            throw e;
        } catch (RuntimeException e) {
            release(stream);
            throw e;
        }
    }

    /** Gives up what it costs to be ready to append. */
    void release(PublishedStream stream) {
        StreamWriter writer = claimed.remove(stream);
        if (writer != null) {
            writer.close();
        }
    }

    /** Reads where the stream ends. */
    void look(PublishedStream stream) {
        StreamSpec spec = stream.spec();
        stream.reset(StreamTail.of(spec, log.ends(stream.topic(), spec.partitions())));
    }

    @Override
    public void close() {
        List.copyOf(claimed.keySet()).forEach(this::release);
    }

    /** @throws RefusedException where another ingest was seen to append to the stream, and has not stood still since */
    void requireNoRival(PublishedStream stream) {
        @Nullable Rival rival = rivals.get(stream);
        if (rival == null) {
            return;
        }
        look(stream);
        if (!stream.tail().equals(rival.tail())) {
            rival = new Rival(stream.tail(), clock.instant());
            rivals.put(stream, rival);
        }
        if (clock.instant().isBefore(rival.since().plus(takeoverDelay))) {
            throw new RefusedException(
                    Refusal.OTHER_WRITER,
                    "Another ingest appends to stream '%s', now at batch %d; send there, or here when that has stopped for %d s"
                            .formatted(stream.spec().stream(), stream.tail().published(), takeoverDelay.toSeconds()));
        }
    }

    /**
     * Another writer of a stream.
     *
     * @param tail the stream's end when it was last seen
     * @param since when it was first seen there
     */
    private record Rival(StreamTail tail, Instant since) {}
}
