package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.learning.nn.Scope;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Jit;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.Tree;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class EncoderTest {
    private static final SortedMap<String, StoredArray> GOLDEN =
            Goldens.arrays("encode_step2000_first64_test_images.safetensors");
    private static final SortedMap<String, StoredArray> PARAMS =
            Goldens.arrays("vae32_seed0xffff_step2000.safetensors");
    private static final int IMAGES = 64;

    private final Encoder encoder = Encoder.load(ModelSpec.DEFAULT, PARAMS);

    @Test
    void theGraphsPosteriorsAreFlaxs() {
        Tree<Array> params = StoredArrays.restore(PARAMS);
        try (Jit encode = Jit.of((tf, given) -> {
            Scope scope = Scope.of(tf, Operands.floats(given.get(0)));
            Vae.Posterior posterior = new Vae(ModelSpec.DEFAULT)
                    .encode(scope, Operands.floats(given.get(1).value()));
            return Tree.dict(Map.of("mean", Tree.leaf(posterior.mean()), "logvar", Tree.leaf(posterior.logvar())));
        })) {
            Tree<Array> posterior =
                    encode.call(Tree.sequence(List.of(params, Tree.leaf(MnistBatches.testImages(IMAGES)))));
            GOLDEN.forEach((name, array) -> assertThat(
                            ((Array.Floats) posterior.get(name).value()).values())
                    .as(name)
                    .containsExactly(array.floats(), within(1e-5f)));
        }
    }

    @Test
    void thePosteriorsAreFlaxs() {
        for (int i = 0; i < IMAGES; i++) {
            Posterior posterior = encoder.encode(image(i));

            assertThat(posterior.mean()).as("image %d", i).containsExactly(golden("mean", i), within(1e-5f));
            assertThat(posterior.logvar()).as("image %d", i).containsExactly(golden("logvar", i), within(1e-5f));
        }
    }

    @Test
    void theLossOfAnImageIsThatOfABatchOfItWithoutNoise() {
        MnistBatches test = new MnistBatches("t10k");
        Decoder decoder = Decoder.load(ModelSpec.DEFAULT, PARAMS);
        try (Evaluator evaluator = Evaluator.of(RunSpec.defaults("mnist", 1))) {
            for (int i = 0; i < MnistBatches.SIZE; i++) {
                ByteString pixels = test.images(0).substring(i * 784, (i + 1) * 784);
                ByteString label = test.labels(0).substring(i, i + 1);
                Losses expected =
                        evaluator.evaluate(PARAMS, List.of(new EvaluationBatch(pixels, label, new float[32])));
                Posterior posterior = encoder.encode(image(i));
                float[] reconstruction = decoder.decode(posterior.mean(), new int[] {label.byteAt(0)});

                Losses losses = posterior.losses(image(i), reconstruction, 0.5);

                assertThat(losses.loss()).isCloseTo(expected.loss(), withPercentage(1e-3));
                assertThat(losses.mse()).isCloseTo(expected.mse(), withPercentage(1e-3));
                assertThat(losses.kl()).isCloseTo(expected.kl(), withPercentage(1e-3));
            }
        }
    }

    @Test
    void aStandardNormalHasNoDivergence() {
        assertThat(new Posterior(new float[3], new float[3]).kl()).isZero();
    }

    @Test
    void anImageOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> encoder.encode(new float[783]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the image has 783 pixels; the model's have 784");
    }

    @Test
    void aModelOfAnotherSizeIsRefused() {
        ModelSpec wide = new ModelSpec(32, List.of(300, 128, 64), ModelSpec.DEFAULT.decoder(), 10);

        assertThatThrownBy(() -> Encoder.load(wide, PARAMS)).hasMessageContaining("params.encoder.Dense_0.kernel");
    }

    private static float[] image(int i) {
        return Arrays.copyOfRange(MnistBatches.testImages(i + 1).values(), i * 784, (i + 1) * 784);
    }

    private static float[] golden(String name, int i) {
        return Arrays.copyOfRange(Objects.requireNonNull(GOLDEN.get(name)).floats(), i * 32, (i + 1) * 32);
    }
}
