package dev.vaestream.learning.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.learning.tracing.ValueAndGrad.WithAux;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class ValueAndGradTest {
    @Test
    void theValueTheAuxAndTheGradientOfACube() {
        assertThat(call(ValueAndGradTest::cube, scalar(3))).containsExactly(27f, 9f, 27f);
        assertThat(call(ValueAndGradTest::cube, scalar(4))).containsExactly(64f, 16f, 48f);
    }

    @Test
    void theGradientOfAParameterByItselfIsOne() {
        assertThat(gradsAt5And7(path -> true, (tf, x, y) -> x)).containsExactly(1f, 0f);
    }

    @Test
    void aFunctionNeedNotHaveAnAux() {
        assertThat(call(
                        (tf, arguments) -> {
                            ValueAndGrad<?> result = ValueAndGrad.ofValue(
                                    tf,
                                    Operands.floats(arguments),
                                    given -> tf.math.square(given.get("x").value()));
                            return Tree.sequence(List.of(Tree.leaf(result.value()), Operands.any(result.grads())));
                        },
                        scalar(3)))
                .containsExactly(9f, 6f);
    }

    @Test
    void aParameterThatTheValueDoesNotDependOnHasAGradientOfZero() {
        assertThat(gradsAt5And7(path -> true, (tf, x, y) -> tf.math.square(x))).containsExactly(10f, 0f);
    }

    @Test
    void nothingFlowsBackThroughStopGradient() {
        assertThat(gradsAt5And7(path -> true, (tf, x, y) -> tf.math.mul(x, tf.stopGradient(y))))
                .containsExactly(7f, 0f);
    }

    @Test
    void aParameterThatIsNotWantedHasAGradientOfZero() {
        assertThat(gradsAt5And7(path -> path.equals("x"), (tf, x, y) -> tf.math.mul(x, y)))
                .containsExactly(7f, 0f);
    }

    @Test
    void aValueThatIsNoScalarIsRefused() {
        assertThatThrownBy(() ->
                        call(ValueAndGradTest::cube, Tree.dict(Map.of("x", Tree.leaf(Array.zeros(Shape.of(3)))))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Gradient only defined for scalar-output functions. Output had shape: [3]");
    }

    @Test
    void anIntegerLeafIsRefusedWithItsPath() {
        Tree<Array> state =
                Tree.dict(Map.of("step", Tree.leaf(Array.of(Shape.scalar(), 0)), "params", Tree.leaf(number(1))));
        assertThatThrownBy(() -> call(
                        (tf, arguments) -> Operands.any(ValueAndGrad.ofAny(
                                        tf,
                                        arguments,
                                        given -> new WithAux<>(
                                                given.get("params").value(), given))
                                .grads()),
                        state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("grad requires real-valued inputs, but 'step' holds DT_INT32;"
                        + " differentiate by the parameters alone");
    }

    @Test
    @SuppressWarnings("NullAway") // a null is what is refused
    void anAuxThatIsMissingIsRefused() {
        assertThatThrownBy(() -> call(
                        (tf, arguments) -> Operands.any(ValueAndGrad.of(
                                        tf,
                                        Operands.floats(arguments),
                                        given -> new WithAux<>(given.get("x").value(), null))
                                .grads()),
                        scalar(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two-element tuple");
    }

    private interface OfTwo {
        Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x, Operand<TFloat32> y);
    }

    private static List<Float> gradsAt5And7(Predicate<String> wanted, OfTwo value) {
        return call(
                (tf, arguments) -> Operands.any(ValueAndGrad.of(
                                tf,
                                Operands.floats(arguments),
                                wanted,
                                given -> new WithAux<>(
                                        value.apply(
                                                tf,
                                                given.get("x").value(),
                                                given.get("y").value()),
                                        given))
                        .grads()),
                Tree.dict(Map.of("x", Tree.leaf(number(5)), "y", Tree.leaf(number(7)))));
    }

    private static Tree<Operand<?>> cube(Ops tf, Tree<Operand<?>> arguments) {
        ValueAndGrad<Operand<TFloat32>> result = ValueAndGrad.of(tf, Operands.floats(arguments), params -> {
            Operand<TFloat32> x = params.get("x").value();
            Operand<TFloat32> square = tf.math.square(x);
            return new WithAux<>(tf.math.mul(square, x), square);
        });
        return Tree.sequence(List.of(
                Tree.leaf(result.value()),
                Tree.leaf(result.aux()),
                Tree.leaf(result.grads().get("x").value())));
    }

    private static List<Float> call(Jit.Function function, Tree<Array> arguments) {
        try (Jit jit = Jit.of(function)) {
            return jit.call(arguments).leaves().stream()
                    .map(array -> ((Array.Floats) array).values()[0])
                    .toList();
        }
    }

    private static Tree<Array> scalar(float x) {
        return Tree.dict(Map.of("x", Tree.leaf(number(x))));
    }

    private static Array number(float value) {
        return Array.of(Shape.scalar(), value);
    }
}
