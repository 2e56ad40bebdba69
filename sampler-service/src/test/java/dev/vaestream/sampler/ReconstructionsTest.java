package dev.vaestream.sampler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.Safetensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tiny model of three classes makes 2x3 images whose pixels are the class plus the first pixel of what was encoded. */
class ReconstructionsTest {
    private static final int MAX_IMAGES = 20;

    private final Model model =
            new Model(Fixtures.tinyCheckpoint("demo", 1), new FakeDecoder(Fixtures.TINY, 0), Fixtures.NOON);

    @Test
    void theLossIsHalfTheSquaresAndTheWeighedDivergence() {
        Reconstructions drawn = drawn(List.of(1), image(0.5f, 0, 0, 0, 0, 1));

        Losses losses = drawn.rows().get(0).losses().get(0);
        // All pixels are 1.5, the mean is (0.5, 0) and the variances are 1; the weight is 0.5.
        assertThat(losses.mse()).isCloseTo((1 + 4 * 2.25 + 0.25) / 2, within(1e-6));
        assertThat(losses.kl()).isCloseTo(0.125, within(1e-6));
        assertThat(losses.loss()).isCloseTo(losses.mse() + 0.0625, within(1e-6));
    }

    @Test
    void everyClassIsTriedWhereNoneIsNamed() {
        Reconstructions drawn = drawn(List.of(), image(0, 1, 1, 1, 1, 1));

        assertThat(drawn.tiles().columns()).isEqualTo(3);
        assertThat(drawn.document().images().get(0).nearestClass()).isEqualTo(1);
    }

    @Test
    void aNamedClassIsNotCalledTheNearest() {
        assertThat(drawn(List.of(2), image(0, 0, 0, 0, 0, 0))
                        .document()
                        .images()
                        .get(0)
                        .nearestClass())
                .isNull();
    }

    @Test
    void anImageHasTheSameAnswerAloneAndInAnyCompany() {
        Random random = new Random(7);
        try (ImageDecoder golden =
                new VaeDecoders().load(ModelSpec.DEFAULT, Safetensors.read(Fixtures.goldenParams()))) {
            Model trained = new Model(
                    new Checkpoint(
                            Fixtures.goldenRun("golden"), Fixtures.manifest("golden", 2000, Fixtures.goldenParams())),
                    golden,
                    Fixtures.NOON);
            for (int round = 0; round < 20; round++) {
                List<InputImage> company = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(20); i++) {
                    company.add(noise(random));
                }
                int place = random.nextInt(company.size());
                int label = random.nextInt(10);

                Reconstructions together = drawn(trained, List.of(), company);
                Reconstructions alone = drawn(trained, List.of(label), company.subList(place, place + 1));

                assertThat(alone.rows().get(0).losses().get(0))
                        .isEqualTo(together.rows().get(place).losses().get(label));
                assertThat(alone.tiles().nested().get(0).get(0))
                        .containsExactlyElementsOf(
                                together.tiles().nested().get(place).get(label));
            }
        }
    }

    @Test
    void whatTheModelMakesNothingFiniteOfIsSaid() {
        Model diverged = new Model(
                Fixtures.tinyCheckpoint("demo", 1), new FakeDecoder(Fixtures.TINY, Float.MAX_VALUE), Fixtures.NOON);

        assertThatThrownBy(() -> drawn(diverged, List.of(), List.of(image(0, 0, 0, 0, 0, 0))))
                .isInstanceOf(UnfitCheckpointException.class)
                .hasMessage("Checkpoint demo/1 decodes the image to what is not finite");
    }

    @Test
    void anImageOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> drawn(List.of(), image(0, 1)))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("image has 2 pixels; the model's have 6, 2x3");
    }

    @Test
    void moreImagesThanAreTakenAreRefused() {
        List<InputImage> images =
                Stream.generate(() -> image(0, 0, 0, 0, 0, 0)).limit(21).toList();

        assertThatThrownBy(() -> drawn(model, List.of(), images))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("21 images are sent; a request is for 20 at most");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'images':[]}              | images: is empty",
                "{'images':[[0,1.01]]}      | images[0]: pixel 1 is 1.01; it must be 0 to 1",
                "{'images':[[0],[-1]]}      | images[1]: pixel 0 is -1.0; it must be 0 to 1",
                "{'images':[[1e999]]}       | pixel 0 is Infinity",
                "{'images':[['0']]}       | images[0]",
                "{'images':[null]}          | images",
                "{'images':[[null]]}        | images[0]",
                "{'images':[[NaN]]}         | not valid JSON",
                "{'image':[0]}              | image",
                "{}                           | images",
                "[]                           | JSON"
            })
    void whatIsNoImageIsRefusedByItsField(String json, String why) {
        assertThatThrownBy(() -> InputImages.ofJson(json.replace('\'', '"').getBytes(UTF_8)))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining(why);
    }

    private Reconstructions drawn(List<Integer> classes, InputImage image) {
        return drawn(model, classes, List.of(image));
    }

    private static Reconstructions drawn(Model model, List<Integer> classes, List<InputImage> images) {
        return Reconstructions.draw(
                model, ReconstructionRequest.of(images, classes, model.checkpoint(), MAX_IMAGES, 1 << 20));
    }

    private static InputImage image(float... pixels) {
        return new InputImage(pixels);
    }

    private static InputImage noise(Random random) {
        float[] pixels = new float[784];
        IntStream.range(0, 784).forEach(i -> pixels[i] = random.nextFloat());
        return new InputImage(pixels);
    }
}
