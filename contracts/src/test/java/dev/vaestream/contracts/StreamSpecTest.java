package dev.vaestream.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamSpecTest {
    private static final Sha256 DIGEST = Sha256.of(new byte[] {1});

    @Test
    void tenEpochsOfMnistAre37500Batches() {
        assertThat(spec("mnist", DIGEST, 60_000, 16, 10).batches()).isEqualTo(37_500);
    }

    @Test
    void theExamplesLeftOverAreDropped() {
        assertThat(spec("mnist", DIGEST, 60_000, 128, 1).epochBatches()).isEqualTo(468);
    }

    @Test
    void moreEpochsChangeNothingElse() {
        assertThat(spec("mnist", DIGEST, 100, 10, 2).withEpochs(3)).isEqualTo(spec("mnist", DIGEST, 100, 10, 3));
    }

    @Test
    void aBatchLargerThanTheDatasetIsRefused() {
        assertThatThrownBy(() -> spec("mnist", DIGEST, 10, 16, 1))
                .hasMessage("batchSize is 16; the dataset has only 10 examples");
    }

    @Test
    void aDatasetComesWithItsDigest() {
        assertThatThrownBy(() -> spec("mnist", null, 100, 16, 1))
                .hasMessage("dataset and datasetDigest come together or not at all");
    }

    @Test
    void aStreamFromOutsideHasNoEpochs() {
        assertThatThrownBy(() -> spec(null, null, 0, 16, 10))
                .hasMessage("examples is 0 and epochs 10; without a dataset both must be 0");
    }

    @Test
    void aStreamFromOutsideHasNoEnd() {
        assertThat(spec(null, null, 0, 16, 0).batches()).isZero();
    }

    @Test
    void aReadSpecIsTheWrittenOne() {
        StreamSpec spec = spec(null, null, 0, 16, 0);

        assertThat(Json.read(Json.write(spec), StreamSpec.class)).isEqualTo(spec);
    }

    private static StreamSpec spec(
            @Nullable String dataset, @Nullable Sha256 digest, int examples, int batchSize, int epochs) {
        return new StreamSpec(
                "s", dataset, digest, examples, new ImageShape(28, 28), 10, batchSize, epochs, true, 65_535, 2);
    }
}
