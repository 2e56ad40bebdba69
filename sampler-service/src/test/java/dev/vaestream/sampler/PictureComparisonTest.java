package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.InvalidPictureException;
import dev.vaestream.contracts.Png;
import dev.vaestream.contracts.Provenance;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.sampler.PictureVerification.DifferingDigest;
import dev.vaestream.sampler.PictureVerification.DifferingImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureComparisonTest {
    private static final Checkpoint CHECKPOINT = Fixtures.tinyCheckpoint("demo", 1);
    private static final SampleRequest REQUEST = new SampleRequest(List.of(2, 0), 5, 3, 9);

    @Test
    void aPictureOfTheSamplesHolds() throws IOException {
        PictureVerification verification = comparison(samples()).with(samples());

        assertThat(verification.holds()).isTrue();
        assertThat(verification.provenance()).isEqualTo(samples().provenance());
        assertThat(verification.images()).isEmpty();
        assertThat(verification.digests()).isEmpty();
    }

    @Test
    void anImageThatDiffersIsNamedWithHowMuch() throws IOException {
        Samples changed = samples();
        // Class 0 is row 1; index 7 is column 2.
        changed.values()[changed.offset(1, 2, 0)] += 40 / 255f;
        changed.values()[changed.offset(1, 2, 1) + 2] += 1 / 255f;

        PictureVerification verification = comparison(changed).with(samples());

        assertThat(verification.holds()).isFalse();
        assertThat(verification.images()).containsExactly(new DifferingImage(0, 7, 2, 40));
    }

    @Test
    void whatNoPixelShowsIsNoDifference() throws IOException {
        Samples changed = samples();
        changed.values()[0] += 0.1f / 255;

        assertThat(comparison(changed).with(samples()).holds()).isTrue();
    }

    @Test
    void aCheckpointWithOtherParametersIsToldByTheirDigest() throws IOException {
        Checkpoint other = new Checkpoint(CHECKPOINT.identity(), Fixtures.manifest("demo", 1, Fixtures.tinyParams(2)));

        PictureVerification verification =
                comparison(samples()).with(new Samples(other, REQUEST, samples().values()));

        assertThat(verification.holds()).isFalse();
        assertThat(verification.images()).isEmpty();
        assertThat(verification.digests())
                .containsExactly(new DifferingDigest("params", CHECKPOINT.paramsDigest(), other.paramsDigest()));
    }

    @Test
    void whatIsDrawnAgainIsWhatTheTextSays() throws IOException {
        PictureComparison comparison = comparison(samples());

        assertThat(comparison.reference()).isEqualTo(new CheckpointReference("demo", "1"));
        assertThat(comparison.request(CHECKPOINT, 1000)).isEqualTo(REQUEST);
    }

    @Test
    void aPictureOfAnotherSizeThanItSaysIsRefused() throws IOException {
        Png png = png(samples());
        PictureComparison comparison = new PictureComparison(provenance(List.of(2, 0), 4), GreyPicture.of(png, 1000));

        assertThatThrownBy(() -> comparison.request(CHECKPOINT, 1000))
                .isInstanceOf(InvalidPictureException.class)
                .hasMessage("The picture is 9 wide and 4 high; 4 of each of 2 classes are 12 and 4");
    }

    @Test
    void aClassThatTheCheckpointDoesNotHaveIsRefused() throws IOException {
        PictureComparison comparison =
                new PictureComparison(provenance(List.of(3), 3), GreyPicture.of(png(samples()), 1000));

        assertThatThrownBy(() -> comparison.request(CHECKPOINT, 1000))
                .isInstanceOf(InvalidPictureException.class)
                .hasMessage(
                        "The picture is not of checkpoint demo/1: class is '3'; it must be a whole number from 0 to 2");
    }

    private static Provenance provenance(List<Integer> classes, int count) {
        return new Provenance("demo", 1, classes, 9, 5, count, CHECKPOINT.paramsDigest(), Sha256.EMPTY, Sha256.EMPTY);
    }

    private static PictureComparison comparison(Samples samples) throws IOException {
        return new PictureComparison(samples.provenance(), GreyPicture.of(png(samples), 1000));
    }

    private static Png png(Samples samples) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SampleFormat.PNG.write(samples, out);
        return Png.read(out.toByteArray());
    }

    /** Pixel i is as grey as i. */
    private static Samples samples() {
        float[] values = new float[2 * 3 * 6];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 255f;
        }
        return new Samples(CHECKPOINT, REQUEST, values);
    }
}
