package dev.vaestream.trainer;

import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.ConsumedRecord;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.learning.random.PrngKey;

/** What the training thread consumes: one sequence of the range, with all that does not need the model done. */
sealed interface PreparedBatch {
    long sequence();

    int partition();

    /** Where a reader of the partition begins after this batch. */
    long resumeOffset();

    /** The record that it was in. */
    ConsumedRecord record();

    /** The chain of digests up to and with this record. */
    Sha256 inputDigest();

    /**
     * A batch to train on.
     *
     * @param noise standard normal, (B, latentDim) in row-major order
     * @param key the key that the batch after it splits
     */
    @SuppressWarnings("ArrayRecordComponent") // handed from one thread to the next once, compared by nobody
    record Trainable(
            long sequence,
            int partition,
            long resumeOffset,
            ConsumedRecord record,
            Sha256 inputDigest,
            Batch batch,
            float[] noise,
            PrngKey key)
            implements PreparedBatch {}

    /** A place in the stream without a batch to train on. */
    record Skipped(long sequence, int partition, long resumeOffset, ConsumedRecord record, Sha256 inputDigest)
            implements PreparedBatch {}
}
