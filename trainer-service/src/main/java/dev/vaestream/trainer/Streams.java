package dev.vaestream.trainer;

import dev.vaestream.contracts.StreamSpec;
import java.util.Optional;

/** The streams in Kafka. All methods throw {@link UnavailableException} where Kafka does not answer for now. */
interface Streams {
    /** The newest spec of a stream; nothing where there is no such stream. */
    Optional<StreamSpec> find(String stream);

    /** What Kafka says of the topic that holds the stream's batches. */
    TopicIdentity identify(StreamSpec stream);

    /** A reader of the stream's batches, to be closed by the caller. */
    PartitionReader open(StreamSpec stream);

    /**
     * A topic by what changes when it is made anew.
     *
     * @param topic its name
     * @param topicId Kafka's
     * @param clusterId Kafka's
     */
    record TopicIdentity(String topic, String topicId, String clusterId) {}
}
