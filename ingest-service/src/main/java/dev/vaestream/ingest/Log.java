package dev.vaestream.ingest;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What Kafka holds as committed, and the topics themselves. Every call may throw {@link KafkaUnavailableException}. */
interface Log {
    /** Those of {@code topics} that are not there. */
    Set<String> missing(Collection<String> topics);

    /**
     * Makes a topic that keeps everything for ever, where it is not there yet.
     *
     * @throws RefusedException where it is there with another number of partitions
     */
    void createTopic(String topic, int partitions);

    /** One end for each partition, in their order. */
    List<PartitionEnd> ends(String topic, int partitions);

    /** Every record of the topic, partition by partition. */
    List<LogRecord> readAll(String topic);

    /**
     * The record of a batch that its stream's topic holds.
     *
     * @throws KafkaUnavailableException where no record is there
     */
    LogRecord batch(String topic, int partition, long sequence);
}
