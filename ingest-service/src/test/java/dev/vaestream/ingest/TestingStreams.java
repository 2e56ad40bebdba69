package dev.vaestream.ingest;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.Dataset;
import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.Topics;
import java.util.Arrays;

/** Specs and batches that many tests need. */
final class TestingStreams {
    static final Topics TOPICS = new Topics("");
    static final ImageShape SHAPE = new ImageShape(TestingDataset.HEIGHT, TestingDataset.WIDTH);

    private TestingStreams() {}

    /** Batches of 4 from a dataset, shuffled with seed 3. */
    static StreamSpec fromDataset(Dataset dataset, int epochs, int partitions) {
        return fromDataset(dataset.digest(), dataset.examples(), epochs, partitions);
    }

    static StreamSpec fromDataset(Sha256 digest, int examples, int epochs, int partitions) {
        return new StreamSpec("s", "tiny", digest, examples, SHAPE, 10, 4, epochs, true, 3, partitions);
    }

    /** Batches of 2 from outside. */
    static StreamSpec external(int partitions) {
        return new StreamSpec("x", null, null, 0, SHAPE, 10, 2, 0, false, 0, partitions);
    }

    /** A batch for {@link #external}, every byte of it {@code filling}. */
    static Batch batch(long sequence, int filling) {
        byte[] pixels = new byte[2 * TestingDataset.PIXELS];
        Arrays.fill(pixels, (byte) filling);
        return new Batch(
                sequence, 0, (int) sequence, 0, SHAPE, 10, ByteString.copyFrom(pixels), ByteString.copyFrom(new byte[] {
                    (byte) filling, (byte) filling
                }));
    }
}
