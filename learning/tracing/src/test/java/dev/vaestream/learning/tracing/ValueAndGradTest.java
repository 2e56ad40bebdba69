package dev.vaestream.learning.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class ValueAndGradTest {
    @Test
    void theValueTheAuxAndTheGradientOfACube() {
        try (Jit jit = Jit.trace(List.of(ShapeDtype.floats(Shape.scalar())), (tf, arguments) -> {
                    ValueAndGrad<Operand<TFloat32>> result = cube(tf, arguments.get(0));
                    return List.of(
                            result.value(),
                            result.aux(),
                            result.grads().get("x").value());
                });
                TFloat32 x = TFloat32.scalarOf(4);
                Result result = jit.call(List.of(x))) {
            assertThat(((TFloat32) result.get(0)).getFloat()).isEqualTo(64);
            assertThat(((TFloat32) result.get(1)).getFloat()).isEqualTo(16);
            assertThat(((TFloat32) result.get(2)).getFloat()).isEqualTo(48);
        }
    }

    @Test
    void aValueThatIsNoScalarIsRefused() {
        assertThatThrownBy(() -> Jit.trace(List.of(ShapeDtype.floats(Shape.of(3))), (tf, arguments) -> {
                    cube(tf, arguments.get(0));
                    return List.of();
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Gradient only defined for scalar-output functions")
                .hasMessageContaining("[3]");
    }

    private static ValueAndGrad<Operand<TFloat32>> cube(Ops tf, Operand<?> argument) {
        Operand<TFloat32> x = argument.asOutput().expect(TFloat32.class);
        return ValueAndGrad.of(tf, Tree.dict(Map.of("x", Tree.leaf(x))), params -> {
            Operand<TFloat32> square = tf.math.square(params.get("x").value());
            return new ValueAndGrad.WithAux<>(
                    tf.math.mul(square, params.get("x").value()), square);
        });
    }
}
