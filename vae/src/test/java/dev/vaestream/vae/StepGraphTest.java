package dev.vaestream.vae;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.learning.optim.GradientTransformation;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Placement;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

/** Whatever order TensorFlow runs a step's operations in, equal states and batches give equal next states. */
class StepGraphTest {
    private static final String ADAMW = "{'adamw': {}}";
    private static final String FROZEN = "{'chain': [{'adamw': {}}, {'freeze': ['params.encoder.**']}]}";

    /** Kernels that change a variable in place must come after all that uses what was read from it. */
    @ParameterizedTest
    @MethodSource("splitGraphs")
    void theSplitStepHasOneOrderForEachVariable(String optimizer, int batchSize, int blocks) {
        RunSpec spec = spec(optimizer);
        try (SplitLowering lowering =
                new SplitLowering(spec, OptimizerFactory.create(spec.optimizer()), batchSize, Placement.CPU)) {
            StepGraph graph = new StepGraph(lowering.graphBytes());
            Set<String> run = graph.run(List.of("step", "measured"));

            assertThat(graph.named("AssignAddVariableOp")).hasSize(blocks);
            assertThat(run).containsAll(graph.named("AssignAddVariableOp"));
            assertThat(run).containsAll(graph.named("ResourceApplyAdam"));
            assertThat(graph.races(run, true)).isEmpty();
            assertThat(random(graph)).isEmpty();
        }
    }

    static Stream<Arguments> splitGraphs() {
        return Stream.of(
                argumentSet("one tower", ADAMW, 16, 21),
                argumentSet("two towers", ADAMW, 128, 21),
                argumentSet("two towers, a part frozen", FROZEN, 128, 14));
    }

    /** Assignments leave the values alone that were read before. */
    @ParameterizedTest
    @MethodSource("generalGraphs")
    void theGeneralStepHasOneOrderForEachVariable(String optimizer) {
        RunSpec spec = spec(optimizer);
        GradientTransformation transformation = OptimizerFactory.create(spec.optimizer());
        Tree<Array.Floats> params = new Vae(spec.model()).init(PrngKey.of(0), tf -> Vae.example(tf, spec.model()));
        Tree<Array> state = Tree.dict(
                Map.of(TrainStep.PARAMS, Tree.widen(params), TrainStep.OPTIMIZER, transformation.init(params)));
        Tree<ShapeDtype> structure = state.map(Array::shapeDtype);
        try (GeneralLowering lowering = new GeneralLowering(spec, transformation, structure, 16, Placement.CPU)) {
            StepGraph graph = new StepGraph(lowering.graphBytes());
            List<String> updates = graph.named("AssignVariableOp").stream()
                    .filter(name -> !graph.isSetter(name))
                    .toList();

            assertThat(updates).hasSize(state.leaves().size());
            assertThat(graph.races(graph.run(updates), false)).isEmpty();
            assertThat(random(graph)).isEmpty();
        }
    }

    static Stream<String> generalGraphs() {
        return Stream.of(
                ADAMW,
                FROZEN,
                "{'multiSteps': {'inner': {'chain': [{'clipByGlobalNorm': 1}, {'adam': {}}]}, 'everyK': 2}}",
                "{'sgd': {'momentum': 0.9}}");
    }

    @Test
    void aRaceIsFound() {
        assertThat(races(tf -> List.of(), true)).hasSize(1);
        assertThat(races(read -> List.of(read), false)).isEmpty();
        assertThat(races(read -> List.of(read), true)).hasSize(1);
    }

    /** A variable that is read, twice that, and an addition to the variable that waits for some of it. */
    private static List<String> races(Function<Op, List<Op>> awaited, boolean inPlace) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            VarHandleOp variable = tf.withName("v").varHandleOp(TFloat32.class, Shape.scalar());
            Operand<TFloat32> read = tf.readVariableOp(variable, TFloat32.class);
            tf.withName("twice").math.mul(read, tf.constant(2f));
            tf.withControlDependencies(awaited.apply((Op) read))
                    .withName("change")
                    .assignAddVariableOp(variable, tf.constant(1f));
            StepGraph step = new StepGraph(graph.toGraphDef().toByteArray());
            return step.races(step.run(List.of("twice", "change")), inPlace);
        }
    }

    private static List<String> random(StepGraph graph) {
        return graph.nodes().stream()
                .map(NodeDef::getOp)
                .filter(op -> op.contains("Random") || op.contains("Multinomial"))
                .toList();
    }

    private static RunSpec spec(String optimizer) {
        String json = "{'stream': 's', 'optimizer': %s}".formatted(optimizer);
        return Json.read(json.replace('\'', '"').getBytes(UTF_8), RunSpec.class);
    }
}
