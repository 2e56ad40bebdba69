package dev.vaestream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StreamSpec;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The expected orders are {@code jax.random.permutation(jax.random.fold_in(key, epoch), n)} in legacy mode. */
class EpochOrderTest {
    @Test
    void anEpochIsInJaxsOrder() {
        EpochOrder order = new EpochOrder(spec(12, 12, true, 65_535));

        assertThat(order.examples(0, 0)).containsExactly(10, 0, 5, 2, 3, 6, 1, 4, 11, 8, 7, 9);
    }

    @Test
    void theNextEpochIsInAnotherOrder() {
        EpochOrder order = new EpochOrder(spec(12, 12, true, 65_535));

        assertThat(order.examples(1, 0)).containsExactly(5, 3, 9, 0, 8, 6, 4, 11, 1, 7, 2, 10);
    }

    @Test
    void anEpochsOrderDoesNotDependOnTheOnesBeforeIt() {
        EpochOrder order = new EpochOrder(spec(10, 5, true, 3));

        order.examples(7, 0);

        assertThat(order.examples(2, 1)).containsExactly(3, 7, 6, 8, 5);
    }

    @Test
    void theExamplesLeftOverAreDifferentInEachEpoch() {
        EpochOrder order = new EpochOrder(spec(10, 4, true, 3));

        int[] epoch = IntStream.concat(Arrays.stream(order.examples(2, 0)), Arrays.stream(order.examples(2, 1)))
                .toArray();

        assertThat(epoch).containsExactly(0, 2, 9, 4, 1, 3, 7, 6);
    }

    @Test
    void withoutShufflingEveryEpochIsInTheFilesOrder() {
        EpochOrder order = new EpochOrder(spec(10, 5, false, 3));

        assertThat(order.examples(6, 1)).containsExactly(5, 6, 7, 8, 9);
    }

    private static StreamSpec spec(int examples, int batchSize, boolean shuffle, long seed) {
        Sha256 digest = Sha256.of(new byte[0]);
        return new StreamSpec("s", "tiny", digest, examples, new ImageShape(1, 1), 10, batchSize, 10, shuffle, seed, 1);
    }
}
