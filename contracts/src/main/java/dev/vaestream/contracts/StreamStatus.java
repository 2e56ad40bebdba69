package dev.vaestream.contracts;

import org.jspecify.annotations.Nullable;

/**
 * How far a stream has come: the answer of {@code GET /v1/streams/{stream}}.
 *
 * @param spec what it is made of
 * @param topic where it is
 * @param published batches that Kafka has acknowledged; the next sequence
 * @param problem why publishing stands still; absent while it goes on or has ended
 */
public record StreamStatus(
        StreamSpec spec,
        String topic,
        long published,
        @Nullable String problem) {
    public StreamStatus {
        Checks.atLeast("published", 0, published);
    }

    public StreamStatus(StreamSpec spec, String topic, long published) {
        this(spec, topic, published, null);
    }
}
