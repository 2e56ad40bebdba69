package dev.vaestream.trainer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads all partitions of one stream's topic from given offsets on. One thread uses it. */
interface PartitionReader extends AutoCloseable {
    /**
     * One record, before reading begins: the first from {@code offset} on.
     *
     * @return nothing where the log begins after {@code offset}
     * @throws UnavailableException where the log ends before it, or Kafka does not answer for now
     */
    Optional<StreamRecord> at(int partition, long offset);

    /**
     * Begins.
     *
     * @param offsets by partition; where a log ends before its offset, reading begins at its end
     * @param fresh whether nothing of the stream was consumed yet, so that a log may also begin after its offset
     * @return the partitions whose log begins after their offset
     * @throws RunFailedException where records that are needed are gone, and where all of a partition are
     */
    Set<Integer> begin(Map<Integer, Long> offsets, boolean fresh);

    /**
     * The next records; those of a partition in the order of their offsets.
     *
     * @throws RunFailedException where records that are needed are gone
     * @throws UnavailableException where Kafka refuses them for now
     */
    List<StreamRecord> poll(Duration timeout);

    /**
     * The first offset that the log of each partition still has.
     *
     * @throws UnavailableException where Kafka does not say for now
     */
    Map<Integer, Long> beginnings();

    /** Records in the logs that no poll has given yet, as far as Kafka has told by now; without asking it. */
    long lag();

    /** Reads no more from a partition until it is resumed. */
    void pause(int partition);

    void resume(int partition);

    @Override
    void close();
}
