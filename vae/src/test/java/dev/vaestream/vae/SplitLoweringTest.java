package dev.vaestream.vae;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.OptimizerSpec;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.learning.optim.GradientTransformation;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Placement;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.NodeDef;

/** The split step against the general one, from which it may differ by rounding alone. */
class SplitLoweringTest {
    private static final int STEPS = 20;
    private static final String LINEAR = "{'linear': {'initValue': 1e-3, 'endValue': 0, 'transitionSteps': 30}}";
    private static final OptimizerSpec COARSE = OptimizerSpec.adamw(1e-3, 0.8, 0.99, 1e-6, 1e-2);

    @ParameterizedTest
    @MethodSource("runs")
    void itsWeightsAreTheGeneralOnes(RunSpec spec, int batchSize) {
        StoredState general = train(TrainStep.compileGeneral(spec, batchSize), spec, batchSize);
        StoredState split = train(TrainStep.compile(spec, batchSize), spec, batchSize);

        assertClose(split.params(), general.params(), 2e-5);
        assertClose(split.optimizer(), general.optimizer(), 2e-5);
    }

    static Stream<Arguments> runs() {
        ModelSpec shallow = new ModelSpec(3, List.of(8), List.of(30), 10);
        ModelSpec deep = new ModelSpec(4, List.of(12, 9, 8, 7), List.of(6, 8, 10, 30), 10);
        return Stream.of(
                argumentSet("one layer each, decay", spec(shallow, 0.5, COARSE), 16),
                argumentSet("four layers each", spec(deep, 2, COARSE), 16),
                argumentSet("a batch that is no power of two", spec(deep, 0.5, COARSE), 10),
                argumentSet("two towers", spec(deep, 0.5, COARSE), 128),
                argumentSet("an odd batch that is too large for one tower", spec(deep, 0.5, COARSE), 129),
                argumentSet("Optax's defaults", spec(deep, 0.5, OptimizerSpec.DEFAULT), 16),
                argumentSet("Adam", spec(deep, 0.5, optimizer("{'adam': {'learningRate': 1e-3, 'b2': 0.99}}")), 16),
                argumentSet(
                        "a schedule", spec(deep, 0.5, optimizer("{'adamw': {'learningRate': " + LINEAR + "}}")), 16),
                argumentSet(
                        "a frozen decoder", spec(deep, 0.5, frozen("params.decoder.**", "params.class_proj.**")), 16),
                argumentSet("a frozen encoder", spec(deep, 0.5, frozen("params.encoder.**")), 128),
                argumentSet("one trained layer", spec(deep, 0.5, frozen("params.*.Dense_*.*", "params.p*.*")), 16),
                argumentSet("frozen kernels", spec(deep, 0.5, frozen("**.kernel")), 16),
                argumentSet(
                        "two groups, of which one is frozen",
                        spec(
                                deep,
                                0.5,
                                optimizer("{'multiTransform': {'transforms': {'a': {'setToZero': {}},"
                                        + " 'b': {'adamw': {'learningRate': 1e-3}}},"
                                        + " 'labels': {'a': ['params.encoder.Dense_1.*'], 'b': ['**']}}}")),
                        16),
                argumentSet("no decay", spec(shallow, 0, OptimizerSpec.adamw(1e-3, 0.9, 0.999, 1e-8, 0)), 16));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'sgd': {}}",
                "{'adamw': {'mask': ['**.kernel']}}",
                "{'chain': [{'clipByGlobalNorm': 1}, {'adamw': {}}]}",
                "{'chain': [{'clipByGlobalNorm': 1}, {'adamw': {}}, {'freeze': ['params.decoder.**']}]}",
                "{'chain': [{'adamw': {}}, {'freeze': ['**']}]}",
                "{'multiSteps': {'inner': {'adamw': {}}, 'everyK': 2}}"
            })
    void otherOptimizersTakeTheGeneralStep(String optimizer) {
        assertThat(applies(spec(ModelSpec.DEFAULT, 0.5, optimizer(optimizer)))).isFalse();
    }

    @Test
    void whatIsFrozenHasNeitherMomentsNorGradients() {
        Collection<NodeDef> all = nodes(RunSpec.defaults("mnist", 1));
        Collection<NodeDef> some = nodes(spec(ModelSpec.DEFAULT, 0.5, frozen("params.encoder.**")));

        assertThat(some).extracting(NodeDef::getName).doesNotContain("params.encoder.Dense_1.kernel.mu");
        // Seven of 21 blocks are the encoder's, whose first kernel is two: as many products with x, and two with g.
        assertThat(count(all, "ResourceApplyAdam") - count(some, "ResourceApplyAdam"))
                .isEqualTo(7);
        assertThat(count(all, "MatMul") - count(some, "MatMul")).isEqualTo(4 + 3);
    }

    private static long count(Collection<NodeDef> nodes, String op) {
        return nodes.stream().filter(node -> node.getOp().equals(op)).count();
    }

    @Test
    void imagesThatCannotBeHalvedTakeTheGeneralStep() {
        RunSpec odd = spec(new ModelSpec(3, List.of(8), List.of(9), 10), 0.5, COARSE);

        assertThat(applies(odd)).isFalse();
    }

    private static boolean applies(RunSpec spec) {
        GradientTransformation optimizer = OptimizerFactory.create(spec.optimizer());
        try (TrainStep step = TrainStep.compileGeneral(spec, 1)) {
            Tree<ShapeDtype> params =
                    StoredArrays.restore(step.init(PrngKey.of(0)).params()).map(Array::shapeDtype);
            return SplitLowering.applies(spec, optimizer, params);
        }
    }

    private static OptimizerSpec frozen(String... patterns) {
        return optimizer("{'chain': [{'adamw': {'learningRate': 1e-3}}, {'freeze': ['%s']}]}"
                .formatted(String.join("', '", patterns)));
    }

    private static OptimizerSpec optimizer(String json) {
        return Json.read(json.replace('\'', '"').getBytes(UTF_8), OptimizerSpec.class);
    }

    private static Collection<NodeDef> nodes(RunSpec spec) {
        try (SplitLowering lowering =
                new SplitLowering(spec, OptimizerFactory.create(spec.optimizer()), 16, Placement.CPU)) {
            return new StepGraph(lowering.graphBytes()).nodes();
        }
    }

    private static StoredState train(TrainStep compiled, RunSpec spec, int batchSize) {
        try (TrainStep step = compiled) {
            step.restore(step.init(PrngKey.of(1)));
            Random random = new Random(7);
            PrngKey key = PrngKey.of(2);
            for (int i = 0; i < STEPS; i++) {
                step.run(
                        bytes(random, batchSize * spec.model().pixels(), 256),
                        bytes(random, batchSize, spec.model().classes()),
                        key.foldIn(i).normal(batchSize * spec.model().latentDim()));
            }
            return step.state();
        }
    }

    private static ByteString bytes(Random random, int n, int bound) {
        byte[] bytes = new byte[n];
        for (int i = 0; i < n; i++) {
            bytes[i] = (byte) random.nextInt(bound);
        }
        return ByteString.copyFrom(bytes);
    }

    private static RunSpec spec(ModelSpec model, double klWeight, OptimizerSpec optimizer) {
        RunSpec defaults = RunSpec.defaults("mnist", STEPS);
        return new RunSpec(
                "mnist",
                0,
                STEPS,
                model,
                klWeight,
                defaults.seed(),
                defaults.prng(),
                optimizer,
                defaults.checkpoints(),
                defaults.logEvery(),
                null,
                null,
                null,
                null);
    }

    /** Differences count against the largest of their array. */
    private static void assertClose(
            SortedMap<String, StoredArray> actual, SortedMap<String, StoredArray> expected, double tolerance) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((path, array) -> {
            if (path.endsWith("count")) {
                assertThat(actual.get(path)).isEqualTo(array);
            } else {
                assertThat(difference(actual.get(path).floats(), array.floats()))
                        .as(path)
                        .isLessThan(tolerance);
            }
        });
    }

    private static double difference(float[] actual, float[] expected) {
        double largest = Double.MIN_NORMAL;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs((double) actual[i] - expected[i]));
        }
        return difference / largest;
    }
}
