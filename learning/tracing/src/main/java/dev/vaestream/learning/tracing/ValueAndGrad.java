package dev.vaestream.learning.tracing;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
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
        return of(tf, params, path -> true, f);
    }

    /**
     * The same for some of the parameters. The others' gradients are zeros, and nothing is computed for them.
     *
     * @param wanted whether a parameter's gradient is wanted, by its path
     */
    public static <A> ValueAndGrad<A> of(
            Ops tf,
            Tree<Operand<TFloat32>> params,
            Predicate<String> wanted,
            Function<Tree<Operand<TFloat32>>, WithAux<A>> f) {
        WithAux<A> result = f.apply(params);
        if (result.value.shape().numDimensions() != 0) {
            throw new IllegalArgumentException(
                    "Gradient only defined for scalar-output functions. Output had shape: " + result.value.shape());
        }
        Output<?>[] at = params.byPath().entrySet().stream()
                .filter(param -> wanted.test(param.getKey()))
                .map(param -> param.getValue().asOutput())
                .toArray(Output<?>[]::new);
        Graph graph = (Graph) tf.scope().env();
        Iterator<Output<?>> grads = at.length == 0
                ? Collections.emptyIterator()
                : List.of(graph.addGradients(result.value.asOutput(), at)).iterator();
        return new ValueAndGrad<>(
                result.value,
                result.aux,
                params.mapWithPath((path, param) ->
                        wanted.test(path) ? grads.next().expect(TFloat32.class) : tf.zerosLike(param)));
    }

    /** A scalar with something beside it. */
    public record WithAux<A>(Operand<TFloat32> value, A aux) {}
}
