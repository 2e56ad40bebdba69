package dev.vaestream.ingest;

import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.learning.random.PrngKey;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The order in which an epoch passes over the dataset: {@code jax.random.permutation(fold_in(key(seed), epoch),
 * examples)}, or the file's own where the stream is not shuffled. For one thread; it remembers the last epoch.
 */
final class EpochOrder {
    private final StreamSpec spec;
    private int epoch = -1;
    private int[] order = new int[0];

    EpochOrder(StreamSpec spec) {
        this.spec = spec;
    }

    /** The examples of batch {@code index} of {@code epoch}. */
    int[] examples(int epoch, int index) {
        if (epoch != this.epoch) {
            order = spec.shuffle()
                    ? PrngKey.of(spec.seed()).foldIn(epoch).permutation(spec.examples())
                    : IntStream.range(0, spec.examples()).toArray();
            this.epoch = epoch;
        }
        return Arrays.copyOfRange(order, index * spec.batchSize(), (index + 1) * spec.batchSize());
    }
}
