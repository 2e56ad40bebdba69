package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.random.Split;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default run on MNIST in file order, against the same run in JAX. */
class TrainStepTest {
    private static final RunSpec SPEC = RunSpec.defaults("mnist", 100);
    private static final MnistBatches MNIST = new MnistBatches();
    private static final int LATENT_DIM = 32;

    private PrngKey key = PrngKey.of(SPEC.seed());
    private int next;

    @Test
    void theInitialParametersAreFlaxs() {
        try (TrainStep step = compile()) {
            assertClose(
                    step.init(key.split().second()).params(),
                    Goldens.arrays("vae32_seed0xffff_step0.safetensors"),
                    1e-6,
                    1e-7);
        }
    }

    @Test
    void theModelHas491920Parameters() {
        try (TrainStep step = compile()) {
            assertThat(step.init(key).params().values().stream()
                            .mapToInt(StoredArray::size)
                            .sum())
                    .isEqualTo(491_920);
        }
    }

    @Test
    void theSpecKnowsThePathsOfTheParameters() {
        try (TrainStep step = compile()) {
            assertThat(SPEC.model().parameterPaths())
                    .containsExactlyInAnyOrderElementsOf(step.init(key).params().keySet());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theFirst100LossesAreJaxs(boolean general) {
        List<double[]> golden = Goldens.trajectory().subList(0, 100);
        try (TrainStep step = started(general)) {
            for (double[] expected : golden) {
                StepResult result = run(step);
                assertThat(result.losses().loss())
                        .as("loss of step %d", next - 1)
                        .isCloseTo(expected[0], withPercentage(1e-3));
                assertThat(result.losses().mse()).isCloseTo(expected[1], withPercentage(1e-3));
                assertThat(result.losses().kl()).isCloseTo(expected[2], withPercentage(5e-3));
                assertThat(result.gradientNorm()).isCloseTo(expected[3], withPercentage(1e-2));
            }
        }
    }

    /**
     * Sums in another order drift apart, in opposite directions at different steps: the mean of each hundred losses stays
     * within a thousandth of JAX's, a single loss within half a percent.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void thousandsOfStepsStayWithJaxs(boolean general) {
        List<double[]> golden = Goldens.trajectory();
        assertThat(golden).hasSize(2_000);
        try (TrainStep step = started(general)) {
            for (int from = 0; from < golden.size(); from += 100) {
                double expected = 0;
                double actual = 0;
                for (double[] row : golden.subList(from, from + 100)) {
                    double loss = run(step).losses().loss();
                    assertThat(loss).as("loss of step %d", next - 1).isCloseTo(row[0], withPercentage(0.5));
                    expected += row[0];
                    actual += loss;
                }
                assertThat(actual / expected)
                        .as("mean loss of steps %d to %d over JAX's", from, from + 99)
                        .isCloseTo(1, within(1e-3));
            }
        }
    }

    /**
     * All arrays are within 10⁻⁵ of their largest number, but for a few elements of the two kernels that touch pixels. Where
     * a pixel is hardly ever lit, its gradient is hardly more than rounding, and Adam, which divides it by its size, makes a
     * step of it all the same: a hundred of them, each up to the learning rate of 10⁻⁴, in a direction that is chance.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theStateAfter100StepsIsOptaxs(boolean general) {
        try (TrainStep step = started(general)) {
            run(step, 100);
            StoredState state = step.state();
            SortedMap<String, StoredArray> golden = Goldens.arrays("vae32_seed0xffff_step100_train_state.safetensors");
            SortedMap<String, StoredArray> params = new TreeMap<>(state.params());
            SortedMap<String, StoredArray> expected = below("params.", golden, "params.");
            for (String kernel : List.of("params.encoder.Dense_0.kernel", "params.decoder.Dense_2.kernel")) {
                SortedMap<String, StoredArray> ours = new TreeMap<>(Map.of(kernel, params.remove(kernel)));
                SortedMap<String, StoredArray> theirs = new TreeMap<>(Map.of(kernel, expected.remove(kernel)));
                assertClose(ours, theirs, 1e-4, 1e-7);
                assertCloseToLargest(ours, theirs, 1e-3);
            }
            assertThat(params).hasSize(16);
            assertCloseToLargest(params, expected, 1e-5);
            assertCloseToLargest(below("0.mu.", state.optimizer(), ""), below("adam_mu.", golden, ""), 1e-5);
            assertCloseToLargest(below("0.nu.", state.optimizer(), ""), below("adam_nu.", golden, ""), 1e-5);
            assertThat(state.optimizer().get("0.count").ints()).containsExactly(100);
        }
    }

    @Test
    void aRestoredStateGoesOnBitForBit() {
        StoredState undisturbed;
        try (TrainStep step = started()) {
            run(step, 12);
            undisturbed = step.state();
        }
        StoredState half;
        try (TrainStep step = started()) {
            run(step, 5);
            half = step.state();
        }
        try (TrainStep step = compile()) {
            step.restore(half);
            run(step, 7);
            assertThat(step.state()).isEqualTo(undisturbed);
        }
    }

    @Test
    void theGraphOfASpecIsAlwaysTheSame() {
        try (TrainStep one = compile();
                TrainStep other = compile()) {
            assertThat(one.graphDigest()).isEqualTo(other.graphDigest());
        }
    }

    @Test
    void aBatchOfAnotherSizeIsRefused() {
        try (TrainStep step = started()) {
            assertThatThrownBy(() -> step.run(ByteString.copyFrom(new byte[784]), MNIST.labels(0), new float[512]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The step takes 12544 bytes of images, not 784");
        }
    }

    @Test
    void aStateWithoutAnArrayIsRefused() {
        try (TrainStep step = compile()) {
            StoredState state = step.init(key);
            SortedMap<String, StoredArray> params = new TreeMap<>(state.params());
            params.remove("params.class_proj.bias");
            assertThatThrownBy(() -> step.restore(new StoredState(params, state.optimizer())))
                    .hasMessageContaining("'params.class_proj.bias'");
        }
    }

    private static TrainStep compile() {
        return TrainStep.compile(SPEC, MnistBatches.SIZE);
    }

    private TrainStep started() {
        return started(false);
    }

    private TrainStep started(boolean general) {
        TrainStep step = general ? TrainStep.compileGeneral(SPEC, MnistBatches.SIZE) : compile();
        key = PrngKey.of(SPEC.seed());
        next = 0;
        Split split = key.split();
        key = split.first();
        step.restore(step.init(split.second()));
        return step;
    }

    private void run(TrainStep step, int steps) {
        for (int i = 0; i < steps; i++) {
            run(step);
        }
    }

    private StepResult run(TrainStep step) {
        Split split = key.split();
        key = split.first();
        int batch = next++;
        return step.run(
                MNIST.images(batch), MNIST.labels(batch), split.second().normal(MnistBatches.SIZE * LATENT_DIM));
    }

    private static SortedMap<String, StoredArray> below(
            String prefix, SortedMap<String, StoredArray> arrays, String replacement) {
        SortedMap<String, StoredArray> below = new TreeMap<>();
        arrays.forEach((name, array) -> {
            if (name.startsWith(prefix)) {
                below.put(replacement + name.substring(prefix.length()), array);
            }
        });
        return below;
    }

    private static void assertClose(
            SortedMap<String, StoredArray> actual,
            SortedMap<String, StoredArray> expected,
            double largest,
            double mean) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, array) -> {
            assertThat(actual.get(name).shape()).as(name).isEqualTo(array.shape());
            DoubleSummaryStatistics differences = differences(actual.get(name).floats(), array.floats());
            assertThat(differences.getMax())
                    .as("largest difference in %s", name)
                    .isLessThanOrEqualTo(largest);
            assertThat(differences.getAverage())
                    .as("mean difference in %s", name)
                    .isLessThanOrEqualTo(mean);
        });
    }

    private static void assertCloseToLargest(
            SortedMap<String, StoredArray> actual, SortedMap<String, StoredArray> expected, double share) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, array) -> {
            double largest =
                    differences(array.floats(), new float[array.size()]).getMax();
            assertThat(differences(actual.get(name).floats(), array.floats()).getMax())
                    .as("largest difference in %s, whose largest number is %s", name, largest)
                    .isLessThanOrEqualTo(share * largest);
        });
    }

    private static DoubleSummaryStatistics differences(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> Math.abs((double) a[i] - b[i]))
                .summaryStatistics();
    }
}
