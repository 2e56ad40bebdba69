package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.StreamSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuffersTest {
    @ParameterizedTest
    @CsvSource({"16, 1", "16, 64", "1, 1", "4096, 1", "4096, 64"})
    void whateverTheBatchesTheyTakeLittleMoreThan64MiB(int batchSize, int partitions) {
        StreamSpec stream =
                new StreamSpec("any", null, null, 0, new ImageShape(28, 28), 10, batchSize, 0, false, 0, partitions);
        long batch = batchSize * 785L;

        Buffers buffers = Buffers.of(stream);

        assertThat(buffers.queue()).isBetween(2, 128);
        assertThat(buffers.poll()).isBetween(1, 64);
        assertThat((buffers.queue() + buffers.poll()) * batch).isLessThanOrEqualTo(24L << 20);
        assertThat((buffers.lane() - 2) * batch * partitions).isLessThanOrEqualTo(32L << 20);
    }
}
