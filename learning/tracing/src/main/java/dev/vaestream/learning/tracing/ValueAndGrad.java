package dev.vaestream.learning.tracing;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A function's value, what else it returned, and its gradient: {@code jax.value_and_grad(f, has_aux=True)}.
 *
 * @param value a scalar
 * @param aux not differentiated
 * @param grads shaped as the parameters
 */
public record ValueAndGrad<A>(Operand<TFloat32> value, A aux, Tree<Operand<TFloat32>> grads) {
    /**
     * Traces {@code f} at {@code params} and differentiates its value.
     *
     * @throws IllegalArgumentException where the value is no scalar, or does not depend on one of the parameters
     */
    public static <A> ValueAndGrad<A> of(
            Ops tf, Tree<Operand<TFloat32>> params, Function<Tree<Operand<TFloat32>>, WithAux<A>> f) {
        WithAux<A> result = f.apply(params);
        if (result.value.shape().numDimensions() != 0) {
            throw new IllegalArgumentException(
                    "Gradient only defined for scalar-output functions. Output had shape: " + result.value.shape());
        }
        List<Operand<TFloat32>> leaves = params.leaves();
        Output<?>[] at = leaves.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
        Graph graph = (Graph) tf.scope().env();
        Iterator<Output<?>> grads =
                List.of(graph.addGradients(result.value.asOutput(), at)).iterator();
        return new ValueAndGrad<>(
                result.value, result.aux, params.map(param -> grads.next().expect(TFloat32.class)));
    }

    /** A scalar with something beside it. */
    public record WithAux<A>(Operand<TFloat32> value, A aux) {}
}
