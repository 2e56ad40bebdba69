package dev.vaestream.trainer;

import dev.vaestream.contracts.StreamSpec;

/**
 * How many batches may wait in memory. Bounded by bytes, so that large batches do not take more than small ones.
 *
 * @param queue prepared batches before the training thread
 * @param lane early batches of one partition
 * @param poll records a poll may answer
 */
record Buffers(int queue, int lane, int poll) {
    private static final long QUEUE_BYTES = 16L << 20;
    private static final long LANES_BYTES = 32L << 20;
    private static final long POLL_BYTES = 8L << 20;

    static Buffers of(StreamSpec stream) {
        long batchBytes = (long) stream.batchSize() * (stream.shape().pixels() + 1);
        return new Buffers(
                fit(QUEUE_BYTES / batchBytes, 2, 128),
                fit(LANES_BYTES / batchBytes / stream.partitions(), 2, 1024),
                fit(POLL_BYTES / batchBytes, 1, 64));
    }

    private static int fit(long wanted, int least, int most) {
        return (int) Math.max(least, Math.min(most, wanted));
    }
}
