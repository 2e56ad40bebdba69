package dev.vaestream.learning.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class DonatingJitTest {
    private static final Shape PAIR = Shape.of(2);

    private final DonatingJit jit = counting();

    @AfterEach
    void close() {
        jit.close();
    }

    @Test
    void aCallMakesTheNextState() {
        jit.setState(state(0, 1, 2));
        assertThat(add(10)).isEqualTo(23);
        assertThat(jit.state()).isEqualTo(state(1, 11, 12));
    }

    @Test
    void theStateStaysBetweenCalls() {
        jit.setState(state(0, 1, 2));
        add(1);
        add(1);
        assertThat(jit.state()).isEqualTo(state(2, 3, 4));
    }

    @Test
    void readingTheStateChangesNothing() {
        jit.setState(state(7, 1, 2));
        assertThat(jit.state()).isEqualTo(jit.state());
    }

    @Test
    void aStateOfAnotherShapeIsRefused() {
        Tree<Array> misshapen = Tree.dict(
                Map.of("count", Tree.leaf(Array.of(Shape.scalar(), 0)), "sums", Tree.leaf(Array.of(Shape.of(1), 1f))));
        assertThatThrownBy(() -> jit.setState(misshapen))
                .isInstanceOf(TreeMismatchException.class)
                .hasMessageContaining("'sums'");
    }

    @Test
    void aCallWithoutAnArgumentIsRefused() {
        jit.setState(state(0, 1, 2));
        assertThatThrownBy(() -> jit.call(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The function takes 1 arguments, not 0");
    }

    @Test
    void equalFunctionsHaveEqualGraphs() {
        try (DonatingJit other = counting()) {
            assertThat(other.graphBytes()).isEqualTo(jit.graphBytes());
        }
    }

    /** The arrays are large enough for their copies to take longer than the start of the next operation. */
    @Test
    void variablesMayBeSwapped() {
        Shape shape = Shape.of(300_000);
        Tree<Array> ones = Tree.leaf(filled(shape, 1));
        Tree<Array> twos = Tree.leaf(filled(shape, 2));
        Tree<Array> state = Tree.sequence(List.of(ones, twos));
        try (DonatingJit swap = DonatingJit.trace(
                state.map(Array::shapeDtype),
                List.of(),
                (tf, given, none) ->
                        new DonatingJit.Traced(Tree.sequence(List.of(given.get(1), given.get(0))), tf.constant(0)))) {
            swap.setState(state);
            for (int i = 0; i < 100; i++) {
                swap.call(List.of()).close();
                swap.call(List.of()).close();
                swap.call(List.of()).close();
                assertThat(swap.state()).isEqualTo(i % 2 == 0 ? Tree.sequence(List.of(twos, ones)) : state);
            }
        }
    }

    /** What the chance of the test above cannot show: there is no order in which a variable changes too early. */
    @Test
    void nothingIsAssignedBeforeEverythingIsRead() throws InvalidProtocolBufferException {
        Map<String, NodeDef> nodes = new HashMap<>();
        GraphDef.parseFrom(jit.graphBytes()).getNodeList().forEach(node -> nodes.put(node.getName(), node));
        List<String> reads = named(nodes, "ReadVariableOp");
        List<NodeDef> updates = named(nodes, "AssignVariableOp").stream()
                .map(nodes::get)
                .filter(node -> !nodes.get(node.getInput(1)).getOp().equals("Placeholder"))
                .toList();
        assertThat(reads).hasSize(2);
        assertThat(updates)
                .hasSize(2)
                .allSatisfy(update -> assertThat(update.getInputList())
                        .containsAll(reads.stream().map(read -> "^" + read).toList()));
    }

    private static List<String> named(Map<String, NodeDef> nodes, String op) {
        return nodes.values().stream()
                .filter(node -> node.getOp().equals(op))
                .map(NodeDef::getName)
                .toList();
    }

    private static Array filled(Shape shape, float value) {
        Array.Floats array = Array.zeros(shape);
        Arrays.fill(array.values(), value);
        return array;
    }

    private float add(float x) {
        try (TFloat32 argument = TFloat32.scalarOf(x);
                Result result = jit.call(List.of(argument))) {
            return ((TFloat32) result.get(0)).getFloat();
        }
    }

    private static Tree<Array> state(int count, float... sums) {
        return Tree.dict(
                Map.of("count", Tree.leaf(Array.of(Shape.scalar(), count)), "sums", Tree.leaf(Array.of(PAIR, sums))));
    }

    private static DonatingJit counting() {
        Tree<ShapeDtype> structure = state(0, 0, 0).map(Array::shapeDtype);
        return DonatingJit.trace(structure, List.of(ShapeDtype.floats(Shape.scalar())), DonatingJitTest::count);
    }

    private static DonatingJit.Traced count(Ops tf, Tree<Operand<?>> state, List<Operand<?>> arguments) {
        Operand<TInt32> count = state.get("count").value().asOutput().expect(TInt32.class);
        Operand<TFloat32> sums = state.get("sums").value().asOutput().expect(TFloat32.class);
        Operand<TFloat32> next = tf.math.add(sums, arguments.get(0).asOutput().expect(TFloat32.class));
        Tree<Operand<?>> nextState =
                Tree.dict(Map.of("count", Tree.leaf(tf.math.add(count, tf.constant(1))), "sums", Tree.leaf(next)));
        return new DonatingJit.Traced(nextState, tf.reduceSum(next, tf.constant(0)));
    }
}
