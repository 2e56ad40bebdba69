package dev.vaestream.vae;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.learning.random.PrngKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run's JSON can name, at work on a small model. */
class OptimizersOfRunsTest {
    private static final int BATCH = 4;

    /** The graph computes in single precision. */
    private static final Comparator<Double> ROUNDED = Comparator.comparingLong(value -> Math.round(value * 1e6));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'adamw': {'mask': ['**.kernel']}}",
                "{'adam': {}}",
                "{'nadam': {}}",
                "{'amsgrad': {}}",
                "{'adamax': {}}",
                "{'radam': {}}",
                "{'adabelief': {}}",
                "{'lamb': {}}",
                "{'lion': {}}",
                "{'sgd': {}}",
                "{'sgd': {'momentum': 0.9, 'nesterov': true}}",
                "{'rmsprop': {}}",
                "{'rmsprop': {'momentum': 0.9}}",
                "{'adagrad': {}}",
                "{'lars': {'trustRatioMask': ['**.kernel']}}",
                "{'chain': [{'clipByGlobalNorm': 1}, {'adam': {}}, {'ema': {'decay': 0.9}}]}",
                "{'namedChain': [{'second': {'clipByGlobalNorm': 1}}, {'first': {'adam': {}}}]}",
                "{'chain': [{'clip': 1}, {'clipByBlockRms': 1}, {'centralize': {}}, {'sgd': {}}]}",
                "{'chain': [{'addDecayedWeights': {'weightDecay': 0.1}}, {'trace': {'decay': 0.9}}, {'scale': -0.01}]}",
                "{'chain': [{'scaleByTrustRatio': {}}, {'scale': -0.01}]}",
                "{'masked': {'inner': {'sgd': {}}, 'mask': ['**']}}",
                "{'multiSteps': {'inner': {'adam': {}}, 'everyK': 2}}",
                "{'multiSteps': {'inner': {'adam': {}}, 'everyK': {'joinSchedules': {'schedules': [1, 2],"
                        + " 'boundaries': [1]}}}}",
                "{'sgd': {'learningRate': {'joinSchedules': {'schedules': [0.1, {'linear': {'initValue': 0.1,"
                        + " 'endValue': 0, 'transitionSteps': 5}}], 'boundaries': [1]}}}}",
                "{'applyIfFinite': {'inner': {'adam': {}}, 'maxConsecutiveErrors': 3}}",
            })
    void everyOneTrains(String optimizer) {
        StoredState before = init(optimizer);

        StoredState after = train(optimizer, 2);

        assertThat(after.params().keySet()).isEqualTo(before.params().keySet());
        assertThat(after.params()).isNotEqualTo(before.params());
        after.params().values().forEach(array -> {
            for (float value : array.floats()) {
                assertThat(value).isFinite();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'chain': [{'adamw': {}}, {'freeze': ['params.decoder.**', 'params.class_proj.**']}]}",
                "{'multiTransform': {'transforms': {'train': {'adamw': {}}, 'frozen': {'setToZero': {}}},"
                        + " 'labels': {'frozen': ['params.decoder.**', 'params.class_proj.**'], 'train': ['**']}}}",
            })
    void whatIsFrozenStaysBitForBitWhileTheRestIsTrained(String optimizer) {
        Predicate<String> frozen = path -> path.startsWith("params.decoder.") || path.startsWith("params.class_proj.");
        StoredState before = init(optimizer);

        StoredState after = train(optimizer, 1_000);

        before.params().forEach((path, array) -> {
            if (frozen.test(path)) {
                assertThat(after.params().get(path)).as(path).isEqualTo(array);
            } else {
                assertThat(after.params().get(path)).as(path).isNotEqualTo(array);
            }
        });
    }

    /** As in Optax, where nobody leaves out a gradient: the norm is that of all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'chain': [{'clipByGlobalNorm': 0.1}, {'sgd': {'learningRate': 1}}%s]}",
                "{'chain': [{'chain': [{'clipByGlobalNorm': 0.1}]}, {'adamw': {}}%s]}",
                "{'chain': [{'applyIfFinite': {'inner': {'clipByGlobalNorm': 0.1}, 'maxConsecutiveErrors': 3}},"
                        + " {'sgd': {'learningRate': 1}}%s]}"
            })
    void clippingCountsTheGradientsOfWhatIsFrozenLater(String optimizer) {
        StoredState all = train(optimizer.formatted(""), 1);

        StoredState some = train(optimizer.formatted(", {'freeze': ['params.decoder.**']}"), 1);

        all.params().forEach((path, array) -> {
            if (!path.startsWith("params.decoder.")) {
                assertThat(some.params().get(path)).as(path).isEqualTo(array);
            }
        });
        assertThat(some.params().get("params.decoder.Dense_0.kernel"))
                .isEqualTo(init(optimizer.formatted("")).params().get("params.decoder.Dense_0.kernel"));
    }

    @Test
    void aNamedChainsStatesAreStoredByTheirNames() {
        assertThat(init("{'namedChain': [{'second': {'clip': 1}}, {'first': {'sgd': {'momentum': 0.9}}}]}")
                        .optimizer()
                        .keySet())
                .isNotEmpty()
                .allMatch(path -> path.startsWith("first."));
    }

    @Test
    void theLearningRateOfAStepIsTheSchedulesAtItsCount() {
        String schedule = "{'linear': {'initValue': 0.1, 'endValue': 0, 'transitionSteps': 10}}";

        assertThat(rates("{'adam': {'learningRate': %s}}".formatted(schedule), 3))
                .usingElementComparator(ROUNDED)
                .containsExactly(0.1, 0.09, 0.08);
    }

    @Test
    void theLearningRateMovesWithTheUpdatesAlone() {
        String schedule = "{'linear': {'initValue': 0.1, 'endValue': 0, 'transitionSteps': 10}}";
        String optimizer = "{'multiSteps': {'inner': {'adam': {'learningRate': %s}}, 'everyK': 2}}".formatted(schedule);

        assertThat(rates(optimizer, 4)).usingElementComparator(ROUNDED).containsExactly(0.1, 0.1, 0.09, 0.09);
    }

    @Test
    void anOptimizerWithoutALearningRateReportsZero() {
        assertThat(rates("{'scale': -0.01}", 1)).containsExactly(0.0);
    }

    private static StoredState init(String optimizer) {
        try (TrainStep step = TrainStep.compile(spec(optimizer), BATCH)) {
            return step.init(PrngKey.of(3));
        }
    }

    private static StoredState train(String optimizer, int steps) {
        try (TrainStep step = TrainStep.compile(spec(optimizer), BATCH)) {
            step.restore(step.init(PrngKey.of(3)));
            run(step, steps);
            return step.state();
        }
    }

    private static List<Double> rates(String optimizer, int steps) {
        try (TrainStep step = TrainStep.compile(spec(optimizer), BATCH)) {
            step.restore(step.init(PrngKey.of(3)));
            return run(step, steps).stream().map(StepResult::learningRate).toList();
        }
    }

    private static List<StepResult> run(TrainStep step, int steps) {
        Random random = new Random(5);
        List<StepResult> results = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            byte[] images = new byte[BATCH * 30];
            random.nextBytes(images);
            results.add(step.run(
                    ByteString.copyFrom(images),
                    ByteString.copyFrom(new byte[] {0, 1, 2, 3}),
                    PrngKey.of(i).normal(BATCH * 3)));
        }
        return results;
    }

    private static RunSpec spec(String optimizer) {
        String json =
                "{'stream': 's', 'model': {'latentDim': 3, 'encoder': [8, 6], 'decoder': [6, 30]}, 'optimizer': %s}";
        return Json.read(json.formatted(optimizer).replace('\'', '"').getBytes(UTF_8), RunSpec.class);
    }
}
