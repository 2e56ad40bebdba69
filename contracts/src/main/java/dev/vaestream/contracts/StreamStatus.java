package dev.vaestream.contracts;

/**
 * How far a stream has come: the answer of {@code GET /v1/streams/{stream}}.
 *
 * @param spec what it is made of
 * @param topic where it is
 * @param published batches that Kafka has acknowledged; the next sequence
 */
public record StreamStatus(StreamSpec spec, String topic, long published) {
    public StreamStatus {
        Checks.atLeast("published", 0, published);
    }
}
