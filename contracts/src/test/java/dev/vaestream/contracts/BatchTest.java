package dev.vaestream.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.InvalidBatchException.Reason;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final ImageShape SHAPE = new ImageShape(2, 3);

    @Test
    void aDecodedBatchIsTheEncodedOne() {
        qt().forAll(
                        longs().from(0).upTo(Long.MAX_VALUE),
                        integers().between(1, 40),
                        integers().allPositive())
                .checkAssert((sequence, size, seed) -> {
                    Batch batch = random(sequence, size, new Random(seed));
                    assertThat(Batch.decode(batch.encode())).isEqualTo(batch);
                });
    }

    @Test
    void theSameBatchIsAlwaysTheSameBytes() {
        Batch batch = random(7, 5, new Random(1));

        assertThat(batch.encode()).isEqualTo(Batch.decode(batch.encode()).encode());
    }

    @Test
    void anyBytesAreABatchOrAnInvalidBatch() {
        qt().forAll(integers().between(0, 200), integers().allPositive()).checkAssert((length, seed) -> {
            byte[] bytes = new byte[length];
            new Random(seed).nextBytes(bytes);
            assertThat(isRefusedOrRoundTrips(bytes)).isTrue();
        });
    }

    @Test
    void bytesThatAreNoMessageAreUnreadable() {
        InvalidBatchException refusal =
                catchThrowableOfType(InvalidBatchException.class, () -> Batch.decode(new byte[] {(byte) 0xff}));

        assertThat(refusal).hasMessage("1 bytes are not a batch message");
        assertThat(refusal.reason()).isEqualTo(Reason.UNREADABLE);
    }

    @Test
    void aBatchWithoutImagesIsInconsistent() {
        byte[] empty = message().clearImages().clearLabels().build().toByteArray();

        InvalidBatchException refusal = catchThrowableOfType(InvalidBatchException.class, () -> Batch.decode(empty));

        assertThat(refusal).hasMessage("The batch does not hold: number of labels is 0; it must be 1 to 4096");
        assertThat(refusal.reason()).isEqualTo(Reason.INCONSISTENT);
    }

    @Test
    void imagesOfAnotherSizeAreInconsistent() {
        byte[] long1 =
                message().setImages(ByteString.copyFrom(new byte[13])).build().toByteArray();

        assertThatThrownBy(() -> Batch.decode(long1))
                .hasMessage("The batch does not hold: images have 13 bytes; 2 labels of 2x3 images need 12");
    }

    @Test
    void aLabelOverTheClassesIsInconsistent() {
        byte[] wrong = message()
                .setLabels(ByteString.copyFrom(new byte[] {9, 10}))
                .build()
                .toByteArray();

        assertThatThrownBy(() -> Batch.decode(wrong))
                .hasMessage("The batch does not hold: label 1 of the batch is 10; it must be 0 to 9");
    }

    @Test
    void aNegativeSequenceIsInconsistent() {
        byte[] wrong = message().setSequence(-1).build().toByteArray();

        assertThatThrownBy(() -> Batch.decode(wrong)).hasMessageContaining("sequence is -1; it must be at least 0");
    }

    @Test
    void anIndexOutsideItsEpochIsInconsistent() {
        byte[] wrong = message().setIndex(5).setEpochBatches(5).build().toByteArray();

        assertThatThrownBy(() -> Batch.decode(wrong))
                .hasMessageContaining("index is 5; the epoch has 5 batches, so it must be less");
    }

    @Test
    void aHugeImageIsInconsistent() {
        byte[] wrong = message()
                .setHeight(Integer.MAX_VALUE)
                .setWidth(Integer.MAX_VALUE)
                .build()
                .toByteArray();

        assertThatThrownBy(() -> Batch.decode(wrong))
                .hasMessageContaining("height is 2147483647; it must be 1 to 1024");
    }

    private static boolean isRefusedOrRoundTrips(byte[] bytes) {
        Batch batch;
        try {
            batch = Batch.decode(bytes);
        } catch (InvalidBatchException e) {
            return true;
        }
        return Batch.decode(batch.encode()).equals(batch);
    }

    private static BatchMessage.Builder message() {
        return BatchMessage.newBuilder()
                .setHeight(2)
                .setWidth(3)
                .setClasses(10)
                .setImages(ByteString.copyFrom(new byte[12]))
                .setLabels(ByteString.copyFrom(new byte[2]));
    }

    private static Batch random(long sequence, int size, Random random) {
        byte[] images = new byte[size * SHAPE.pixels()];
        random.nextBytes(images);
        byte[] labels = new byte[size];
        for (int i = 0; i < size; i++) {
            labels[i] = (byte) random.nextInt(10);
        }
        return new Batch(
                sequence,
                random.nextInt(1000),
                random.nextInt(100),
                100,
                SHAPE,
                10,
                ByteString.copyFrom(images),
                ByteString.copyFrom(labels));
    }
}
