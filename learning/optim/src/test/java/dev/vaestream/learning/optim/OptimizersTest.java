package dev.vaestream.learning.optim;

import static dev.vaestream.learning.optim.Transforms.addDecayedWeights;
import static dev.vaestream.learning.optim.Transforms.applyIfFinite;
import static dev.vaestream.learning.optim.Transforms.centralize;
import static dev.vaestream.learning.optim.Transforms.chain;
import static dev.vaestream.learning.optim.Transforms.clip;
import static dev.vaestream.learning.optim.Transforms.clipByBlockRms;
import static dev.vaestream.learning.optim.Transforms.clipByGlobalNorm;
import static dev.vaestream.learning.optim.Transforms.ema;
import static dev.vaestream.learning.optim.Transforms.masked;
import static dev.vaestream.learning.optim.Transforms.multiSteps;
import static dev.vaestream.learning.optim.Transforms.multiTransform;
import static dev.vaestream.learning.optim.Transforms.scale;
import static dev.vaestream.learning.optim.Transforms.scaleByLearningRate;
import static dev.vaestream.learning.optim.Transforms.scaleByTrustRatio;
import static dev.vaestream.learning.optim.Transforms.setToZero;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Against eight updates of each that Optax 0.2.8 made. */
class OptimizersTest {
    private static final JsonNode GOLDEN = golden();
    private static final Tree<Array.Floats> INITIAL = Tree.ofPaths(Map.of(
            "a", Array.of(Shape.of(3), 0f, 1f, 2f),
            "b.kernel", Array.of(Shape.of(2, 2), .3f, -.2f, 1.5f, .7f),
            "b.bias", Array.of(Shape.of(2), 0f, .1f)));
    private static final Map<String, GradientTransformation> RUNS = runs();

    /**
     * Relative, since an update may be as small as a learning rate, down to where a number is the difference of others. RAdam
     * divides by 1 - √… of a power of 0.999: of what single precision leaves there, half a percent is chance, ours and
     * Optax's.
     */
    @ParameterizedTest
    @MethodSource("names")
    void everyUpdateIsOptaxs(String name) {
        JsonNode golden = GOLDEN.get(name);
        double relative = name.startsWith("radam") ? 1e-2 : 1e-6;
        try (Trial trial = new Trial(RUNS.get(name), INITIAL)) {
            for (int i = 0; i < golden.get("updates").size(); i++) {
                JsonNode updates = golden.get("updates").get(i);
                Map<String, Array> actual = trial.update(gradients(i)).updates().byPath();
                assertThat(actual).hasSize(updates.size());
                for (Map.Entry<String, Array> each : actual.entrySet()) {
                    float[] values = ((Array.Floats) each.getValue()).values();
                    for (int j = 0; j < values.length; j++) {
                        double expected = updates.get(each.getKey()).get(j).doubleValue();
                        assertThat((double) values[j])
                                .as("%s[%d] in update %d", each.getKey(), j, i)
                                .isCloseTo(expected, within(Math.max(1e-9, relative * Math.abs(expected))));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theParametersAreOptaxsAfterAllUpdates(String name) {
        JsonNode golden = GOLDEN.get(name);
        try (Trial trial = new Trial(RUNS.get(name), INITIAL)) {
            for (int i = 0; i < golden.get("updates").size(); i++) {
                trial.update(gradients(i));
            }
            trial.params()
                    .byPath()
                    .forEach((path, array) -> assertThat(doubles(((Array.Floats) array).values()))
                            .as(path)
                            .containsExactly(doubles(golden.get("final_params").get(path)), within(1e-6)));
        }
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void aScheduleOfOneValueTrainsAsTheNumberDoes(
            GradientTransformation number, GradientTransformation schedule, GradientTransformation everything) {
        try (Trial first = new Trial(number, INITIAL);
                Trial second = new Trial(schedule, INITIAL);
                Trial third = new Trial(everything, INITIAL)) {
            for (int i = 0; i < 3; i++) {
                Tree<Array> params = first.update(gradients(i)).params();
                assertThat(second.update(gradients(i)).params()).isEqualTo(params);
                assertThat(third.update(gradients(i)).params()).isEqualTo(params);
            }
        }
    }

    static Stream<Arguments> defaults() {
        Schedule same = Schedules.constant(1e-2);
        GradientTransformation link = rate(1e-2);
        return Stream.of(
                Arguments.of(Optimizers.sgd(1e-2), Optimizers.sgd(same), Optimizers.sgd(link)),
                Arguments.of(Optimizers.adam(1e-2), Optimizers.adam(same), Optimizers.adam(link, 0.9, 0.999, 1e-8)),
                Arguments.of(Optimizers.nadam(1e-2), Optimizers.nadam(same), Optimizers.nadam(link, 0.9, 0.999, 1e-8)),
                Arguments.of(
                        Optimizers.adamw(1e-2), Optimizers.adamw(same), Optimizers.adamw(1e-2, 0.9, 0.999, 1e-8, 1e-4)),
                Arguments.of(
                        Optimizers.amsgrad(1e-2), Optimizers.amsgrad(same), Optimizers.amsgrad(link, 0.9, 0.999, 1e-8)),
                Arguments.of(
                        Optimizers.adamax(1e-2), Optimizers.adamax(same), Optimizers.adamax(link, 0.9, 0.999, 1e-8)),
                Arguments.of(Optimizers.radam(1e-2), Optimizers.radam(same), Optimizers.radam(link, 0.9, 0.999, 1e-8)),
                Arguments.of(
                        Optimizers.adabelief(1e-2),
                        Optimizers.adabelief(same),
                        Optimizers.adabelief(link, 0.9, 0.999, 1e-16, 1e-16)),
                Arguments.of(Optimizers.rmsprop(1e-2), Optimizers.rmsprop(same), Optimizers.rmsprop(link, 0.9, 1e-8)),
                Arguments.of(Optimizers.adagrad(1e-2), Optimizers.adagrad(same), Optimizers.adagrad(link, 0.1, 1e-7)),
                Arguments.of(Optimizers.lion(1e-2), Optimizers.lion(same), Optimizers.lion(link, 0.9, 0.99, 1e-3)),
                Arguments.of(Optimizers.lamb(1e-2), Optimizers.lamb(same), Optimizers.lamb(link, 0.9, 0.999, 1e-6, 0)),
                Arguments.of(
                        Optimizers.lars(1e-2),
                        Optimizers.lars(same),
                        Optimizers.lars(link, 0, path -> true, 1e-3, path -> true, 0.9)));
    }

    static Stream<String> names() {
        return RUNS.keySet().stream();
    }

    @Test
    void everyRunOfTheFileIsTried() {
        assertThat(new TreeSet<>(RUNS.keySet()))
                .isEqualTo(GOLDEN.properties().stream()
                        .map(Map.Entry::getKey)
                        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll));
    }

    private static Map<String, GradientTransformation> runs() {
        Map<String, GradientTransformation> runs = new TreeMap<>();
        GradientTransformation fast = adam(1e-2);
        runs.put("sgd(1e-3)", Optimizers.sgd(rate(1e-3)));
        runs.put("sgd(1e-2, momentum=0.9)", Optimizers.sgd(rate(1e-2), 0.9, false));
        runs.put("sgd(1e-2, momentum=0.9, nesterov=True)", Optimizers.sgd(rate(1e-2), 0.9, true));
        runs.put("adam(1e-2)", fast);
        runs.put("adam(1e-3, b1=0.8, b2=0.99, eps=1e-6)", Optimizers.adam(rate(1e-3), 0.8, 0.99, 1e-6));
        runs.put("adamw(1e-4)", Optimizers.adamw(1e-4, 0.9, 0.999, 1e-8, 1e-4));
        runs.put("adamw(1e-2, weight_decay=0.1)", Optimizers.adamw(1e-2, 0.9, 0.999, 1e-8, 0.1));
        runs.put(
                "adamw(1e-2, weight_decay=0.1, mask=no bias)",
                Optimizers.adamw(rate(1e-2), 0.9, 0.999, 1e-8, addDecayedWeights(0.1, OptimizersTest::noBias)));
        runs.put("rmsprop(1e-3)", Optimizers.rmsprop(rate(1e-3), 0.9, 1e-8));
        runs.put("adagrad(1e-2)", Optimizers.adagrad(rate(1e-2), 0.1, 1e-7));
        runs.put("lion(1e-3)", Optimizers.lion(rate(1e-3), 0.9, 0.99, 1e-3));
        runs.put("lamb(1e-3)", Optimizers.lamb(rate(1e-3), 0.9, 0.999, 1e-6, 0));
        runs.put("nadam(1e-3)", Optimizers.nadam(rate(1e-3), 0.9, 0.999, 1e-8));
        runs.put("amsgrad(1e-3)", Optimizers.amsgrad(rate(1e-3), 0.9, 0.999, 1e-8));
        runs.put("adamax(1e-3)", Optimizers.adamax(rate(1e-3), 0.9, 0.999, 1e-8));
        runs.put("radam(1e-3)", Optimizers.radam(rate(1e-3), 0.9, 0.999, 1e-8));
        runs.put("adabelief(1e-3)", Optimizers.adabelief(rate(1e-3), 0.9, 0.999, 1e-16, 1e-16));
        runs.put("lars(1e-2)", Optimizers.lars(rate(1e-2), 0, path -> true, 1e-3, path -> true, 0.9));
        runs.put(
                "adam(linear_schedule(1e-2, 1e-4, 5))",
                Optimizers.adam(scaleByLearningRate(Schedules.linear(1e-2, 1e-4, 5)), 0.9, 0.999, 1e-8));
        runs.put("chain(clip_by_global_norm(1.0), adam(1e-2))", chain(clipByGlobalNorm(1), fast));
        runs.put("chain(clip(0.5), sgd(0.1))", chain(clip(0.5), Optimizers.sgd(rate(0.1))));
        runs.put("chain(clip_by_block_rms(0.1), sgd(0.1))", chain(clipByBlockRms(0.1), Optimizers.sgd(rate(0.1))));
        runs.put("chain(adam(1e-2), ema(0.9))", chain(fast, ema(0.9, true)));
        runs.put("chain(adam(1e-2), ema(0.9, debias=False))", chain(fast, ema(0.9, false)));
        runs.put("MultiSteps(adam(1e-2), 4)", multiSteps(fast, 4));
        runs.put(
                "MultiSteps(adam(1e-2), k(step)=1 then 3 from gradient step 2)",
                multiSteps(fast, Schedules.piecewiseConstant(1, new TreeMap<>(Map.of(2, 3.0)))));
        runs.put(
                "multi_transform({train: adam(1e-2), frozen: set_to_zero()}, a=train b=frozen)",
                multiTransform(
                        Map.of("train", fast, "frozen", setToZero()), path -> path.equals("a") ? "train" : "frozen"));
        runs.put("masked(sgd(0.1), no bias)", masked(Optimizers.sgd(rate(0.1)), OptimizersTest::noBias));
        runs.put("chain(add_decayed_weights(0.1), sgd(0.1))", chain(addDecayedWeights(0.1), Optimizers.sgd(rate(0.1))));
        runs.put("chain(centralize(), sgd(0.1))", chain(centralize(), Optimizers.sgd(rate(0.1))));
        runs.put("apply_if_finite(adam(1e-2), 3)", applyIfFinite(fast, 3));
        runs.put("chain(scale_by_trust_ratio(), scale(-0.01))", chain(scaleByTrustRatio(1), scale(-0.01)));
        return runs;
    }

    private static GradientTransformation adam(double learningRate) {
        return Optimizers.adam(rate(learningRate), 0.9, 0.999, 1e-8);
    }

    private static boolean noBias(String path) {
        return !path.endsWith("bias");
    }

    private static GradientTransformation rate(double learningRate) {
        return scaleByLearningRate(learningRate);
    }

    private static Tree<Array.Floats> gradients(int i) {
        float growing = 1 + .1f * i;
        float sign = i % 2 == 0 ? 1 : -1;
        return Tree.ofPaths(Map.of(
                "a", Array.of(Shape.of(3), 4 * growing, .6f * growing, -3 * growing),
                "b.kernel", Array.of(Shape.of(2, 2), .5f * sign, -1.5f * sign, 2 * sign, 0f),
                "b.bias", Array.of(Shape.of(2), .01f / (i + 1), -7f / (i + 1))));
    }

    private static JsonNode golden() {
        try (InputStream in = Objects.requireNonNull(OptimizersTest.class.getResourceAsStream("/optimizers.json"))) {
            return new ObjectMapper().readTree(in).get("runs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] doubles(JsonNode values) {
        double[] doubles = new double[values.size()];
        Arrays.setAll(doubles, i -> values.get(i).doubleValue());
        return doubles;
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }
}
