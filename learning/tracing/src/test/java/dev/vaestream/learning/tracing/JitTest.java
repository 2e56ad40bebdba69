package dev.vaestream.learning.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class JitTest {
    private final Jit sum = Jit.of((tf, arguments) -> {
        List<Operand<TFloat32>> leaves = Operands.floats(arguments).leaves();
        Operand<TFloat32> total = tf.math.add(leaves.get(0), leaves.get(1));
        return Tree.dict(Map.of("sum", Tree.leaf(total), "first", Tree.leaf(leaves.get(0))));
    });
    private final StaticJit<Integer> power = StaticJit.of((tf, exponent, x) -> {
        Operand<TFloat32> result = tf.constant(1f);
        for (int i = 0; i < exponent; i++) {
            result = tf.math.mul(result, Operands.floats(x.value()));
        }
        return Tree.leaf(result);
    });

    @AfterEach
    void close() {
        sum.close();
        power.close();
    }

    @Test
    void theResultHasTheFunctionsStructure() {
        assertThat(sum.call(pair(vector(1, 2), vector(10, 20))))
                .isEqualTo(Tree.dict(Map.of("sum", Tree.leaf(vector(11, 22)), "first", Tree.leaf(vector(1, 2)))));
    }

    @Test
    void nothingIsTracedBeforeTheFirstCall() {
        assertThat(sum.traces()).isZero();
    }

    @Test
    void equalShapesAreTracedOnce() {
        sum.call(pair(vector(1, 2), vector(3, 4)));
        sum.call(pair(vector(5, 6), vector(7, 8)));
        assertThat(sum.traces()).isEqualTo(1);
    }

    @Test
    void anotherShapeIsTracedAnew() {
        sum.call(pair(vector(1, 2), vector(3, 4)));
        sum.call(pair(vector(1, 2, 3), vector(4, 5, 6)));
        assertThat(sum.traces()).isEqualTo(2);
    }

    @Test
    void anotherTreeOfTheSameLeavesIsTracedAnew() {
        sum.call(pair(vector(1, 2), vector(3, 4)));
        sum.call(Tree.dict(Map.of("a", Tree.leaf(vector(1, 2)), "b", Tree.leaf(vector(3, 4)))));
        assertThat(sum.traces()).isEqualTo(2);
    }

    @Test
    void anotherTypeIsTracedAnew() {
        try (Jit same = Jit.of((tf, arguments) -> arguments)) {
            same.call(Tree.leaf(vector(1)));
            assertThat(same.call(Tree.leaf(Array.of(Shape.of(1), 7)))).isEqualTo(Tree.leaf(Array.of(Shape.of(1), 7)));
            assertThat(same.traces()).isEqualTo(2);
        }
    }

    @Test
    void aStaticValueIsTracedOnceAndSeenByTheFunction() {
        assertThat(power.call(3, Tree.leaf(vector(2, 3)))).isEqualTo(Tree.leaf(vector(8, 27)));
        assertThat(power.call(2, Tree.leaf(vector(2, 3)))).isEqualTo(Tree.leaf(vector(4, 9)));
        power.call(2, Tree.leaf(vector(4, 5)));
        assertThat(power.traces()).isEqualTo(2);
    }

    @Test
    void aFunctionThatThrowsIsTracedAgainTheNextTime() {
        try (Jit failing = Jit.of((tf, arguments) -> {
            throw new IllegalStateException("not today");
        })) {
            assertThatThrownBy(() -> failing.call(Tree.leaf(vector(1)))).hasMessage("not today");
            assertThat(failing.traces()).isZero();
        }
    }

    private static Tree<Array> pair(Array one, Array other) {
        return Tree.sequence(List.of(Tree.leaf(one), Tree.leaf(other)));
    }

    private static Array vector(float... values) {
        return Array.of(Shape.of(values.length), values);
    }
}
