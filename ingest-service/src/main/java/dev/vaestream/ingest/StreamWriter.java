package dev.vaestream.ingest;

import dev.vaestream.contracts.Batch;

/** The right to append to a stream, until another claims it or a call fails: then it is closed and claimed anew. */
interface StreamWriter extends AutoCloseable {
    /**
     * Appends batches in their order, sequence g to partition g mod P: all of them or none. Returns when all replicas
     * in sync have them.
     *
     * @param batches at least one
     * @return the offset of the last
     * @throws RefusedException {@link Refusal#OTHER_WRITER} where another has claimed the stream; nothing was appended
     * @throws KafkaUnavailableException where nobody knows yet whether they are there
     */
    long append(Iterable<Batch> batches);

    /** Does not wait for Kafka. */
    @Override
    void close();
}
