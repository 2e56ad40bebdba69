package dev.vaestream.learning.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
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
