package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.random.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
    private static final RunSpec SPEC = RunSpec.defaults("mnist", 100);
    private static final int LATENT_DIM = 32;
    private static final MnistBatches TRAIN = new MnistBatches();
    private static final MnistBatches TEST = new MnistBatches("t10k");
    private static final SortedMap<String, StoredArray> BEGUN = Goldens.arrays("vae32_seed0xffff_step0.safetensors");
    private static final SortedMap<String, StoredArray> TRAINED =
            Goldens.arrays("vae32_seed0xffff_step2000.safetensors");

    private final Evaluator evaluator = Evaluator.of(SPEC);

    @AfterEach
    void close() {
        evaluator.close();
    }

    @Test
    void theLossOfTheFirstBatchIsJaxs() {
        double[] golden = Goldens.trajectory().get(0);

        Losses losses = evaluator.evaluate(BEGUN, List.of(firstStep()));

        assertThat(losses.loss()).isCloseTo(golden[0], withPercentage(1e-3));
        assertThat(losses.mse()).isCloseTo(golden[1], withPercentage(1e-3));
        assertThat(losses.kl()).isCloseTo(golden[2], withPercentage(5e-3));
    }

    @Test
    void theLossOfABatchIsTheOneThatItsStepReports() {
        EvaluationBatch batch = firstStep();
        Losses evaluated;
        Losses reported;
        try (TrainStep step = TrainStep.compile(SPEC, MnistBatches.SIZE)) {
            StoredState state = step.init(PrngKey.of(SPEC.seed()).split().second());
            evaluated = evaluator.evaluate(state.params(), List.of(batch));
            step.restore(state);
            reported = step.run(batch.images(), batch.labels(), batch.noise()).losses();
        }

        assertThat(evaluated.loss()).isCloseTo(reported.loss(), withPercentage(1e-4));
        assertThat(evaluated.mse()).isCloseTo(reported.mse(), withPercentage(1e-4));
        assertThat(evaluated.kl()).isCloseTo(reported.kl(), withPercentage(1e-4));
    }

    @Test
    void theDivergenceOfTheTestImagesIsThatOfWhatFlaxEncodes() {
        SortedMap<String, StoredArray> golden = Goldens.arrays("encode_step2000_first64_test_images.safetensors");
        float[] mean = Objects.requireNonNull(golden.get("mean")).floats();
        float[] logvar = Objects.requireNonNull(golden.get("logvar")).floats();
        double kl = IntStream.range(0, mean.length)
                        .mapToDouble(
                                i -> -0.5 * (1 + logvar[i] - (double) mean[i] * mean[i] - Math.exp((double) logvar[i])))
                        .sum()
                / 64;

        assertThat(evaluator.evaluate(TRAINED, testBatches(4)).kl()).isCloseTo(kl, withPercentage(1e-3));
    }

    @Test
    void theErrorOfTheTestImagesIsThatOfArithmeticInDoubles() {
        List<EvaluationBatch> batches = testBatches(2);
        double mse = batches.stream()
                .mapToDouble(EvaluatorTest::squaredError)
                .average()
                .orElseThrow();

        Losses losses = evaluator.evaluate(TRAINED, batches);

        assertThat(losses.mse()).isCloseTo(mse, withPercentage(1e-3));
        assertThat(losses.loss()).isCloseTo(losses.mse() + 0.5 * losses.kl(), withPercentage(1e-4));
    }

    @Test
    void theMeanOverBatchesIsTheMeanOfTheirLosses() {
        List<EvaluationBatch> batches = testBatches(5);
        double sum = 0;
        for (EvaluationBatch batch : batches) {
            sum += evaluator.evaluate(TRAINED, List.of(batch)).loss();
        }

        assertThat(evaluator.evaluate(TRAINED, batches).loss()).isEqualTo(sum / 5);
    }

    @Test
    void equalParametersAndBatchesHaveEqualLosses() {
        Losses before = evaluator.evaluate(TRAINED, testBatches(3));
        evaluator.evaluate(BEGUN, testBatches(3));

        assertThat(evaluator.evaluate(TRAINED, testBatches(3))).isEqualTo(before);
        try (Evaluator other = Evaluator.of(SPEC)) {
            assertThat(other.evaluate(TRAINED, testBatches(3))).isEqualTo(before);
        }
    }

    @Test
    void aTrainingStepBesideItMakesTheSameState() {
        StoredState alone = trained(batch -> {});

        StoredState beside = trained(batch -> evaluator.evaluate(BEGUN, List.of(batch)));

        assertThat(beside).isEqualTo(alone);
    }

    @Test
    void closedItEvaluatesNothing() {
        evaluator.evaluate(BEGUN, testBatches(1));
        evaluator.close();

        assertThatThrownBy(() -> evaluator.evaluate(BEGUN, testBatches(1))).isInstanceOf(IllegalStateException.class);
    }

    private static StoredState trained(java.util.function.Consumer<EvaluationBatch> between) {
        try (TrainStep step = TrainStep.compile(SPEC, MnistBatches.SIZE)) {
            step.restore(step.init(PrngKey.of(SPEC.seed()).split().second()));
            for (EvaluationBatch batch : testBatches(10)) {
                step.run(batch.images(), batch.labels(), batch.noise());
                between.accept(batch);
            }
            return step.state();
        }
    }

    private static EvaluationBatch firstStep() {
        PrngKey key = PrngKey.of(SPEC.seed()).split().first();
        return new EvaluationBatch(
                TRAIN.images(0), TRAIN.labels(0), key.split().second().normal(MnistBatches.SIZE * LATENT_DIM));
    }

    private static List<EvaluationBatch> testBatches(int count) {
        List<EvaluationBatch> batches = new ArrayList<>();
        PrngKey key = PrngKey.of(0);
        for (int i = 0; i < count; i++) {
            Split split = key.split();
            key = split.first();
            batches.add(new EvaluationBatch(
                    TEST.images(i), TEST.labels(i), split.second().normal(MnistBatches.SIZE * LATENT_DIM)));
        }
        return batches;
    }

    /** Half the squared error of an image, mean over the batch, layer by layer in doubles. */
    private static double squaredError(EvaluationBatch batch) {
        double sum = 0;
        for (int row = 0; row < MnistBatches.SIZE; row++) {
            double[] x = pixels(batch.images(), row);
            double[] hidden = x;
            for (int layer = 0; layer < 3; layer++) {
                hidden = relu(dense("encoder.Dense_" + layer, hidden));
            }
            double[] both = dense("pre_latent_proj", hidden);
            double[] z = new double[LATENT_DIM];
            for (int i = 0; i < LATENT_DIM; i++) {
                z[i] = both[i] + batch.noise()[row * LATENT_DIM + i] * Math.exp(both[LATENT_DIM + i] / 2);
            }
            double[] c = new double[10];
            c[batch.labels().byteAt(row)] = 1;
            double[] y = dense("post_latent_proj", z);
            double[] condition = dense("class_proj", c);
            for (int i = 0; i < y.length; i++) {
                y[i] += condition[i];
            }
            for (int layer = 0; layer < 3; layer++) {
                y = relu(dense("decoder.Dense_" + layer, y));
            }
            for (int i = 0; i < x.length; i++) {
                sum += (y[i] - x[i]) * (y[i] - x[i]) / 2;
            }
        }
        return sum / MnistBatches.SIZE;
    }

    private static double[] pixels(ByteString images, int row) {
        return IntStream.range(0, 784)
                .mapToDouble(i -> Byte.toUnsignedInt(images.byteAt(row * 784 + i)) / 255.0)
                .toArray();
    }

    private static double[] dense(String name, double[] x) {
        float[] kernel = Objects.requireNonNull(TRAINED.get("params." + name + ".kernel"))
                .floats();
        float[] bias =
                Objects.requireNonNull(TRAINED.get("params." + name + ".bias")).floats();
        double[] y = new double[bias.length];
        for (int j = 0; j < y.length; j++) {
            y[j] = bias[j];
            for (int i = 0; i < x.length; i++) {
                y[j] += x[i] * kernel[i * y.length + j];
            }
        }
        return y;
    }

    private static double[] relu(double[] x) {
        return IntStream.range(0, x.length).mapToDouble(i -> Math.max(0, x[i])).toArray();
    }
}
