package dev.vaestream.learning.tracing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
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
     * <p>A parameter that the value does not depend on has a gradient of zeros.
     *
     * @throws IllegalArgumentException where the value is no scalar
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
        // A value that is a parameter itself has a gradient too, which TensorFlow does not give it.
        Operand<TFloat32> value = tf.identity(result.value);
        Graph graph = (Graph) tf.scope().env();
        Set<GraphOperation> reached = graph.subgraphTo(Set.of(value));
        Tree<Boolean> differentiated =
                params.mapWithPath((path, param) -> wanted.test(path) && reached.contains(param.op()));
        List<Operand<TFloat32>> at = new ArrayList<>();
        differentiated.map(params, (yes, param) -> yes && at.add(param));
        Iterator<Output<?>> grads = addGradients(graph, value, at).iterator();
        return new ValueAndGrad<>(
                value,
                result.aux,
                differentiated.map(params, (yes, param) -> yes ? grad(tf, param, grads.next()) : tf.zerosLike(param)));
    }

    /**
     * {@code jax.value_and_grad(f)} without an aux; the value stands in for one.
     *
     * @throws IllegalArgumentException where the value is no scalar
     */
    public static ValueAndGrad<Operand<TFloat32>> ofValue(
            Ops tf, Tree<Operand<TFloat32>> params, Function<Tree<Operand<TFloat32>>, Operand<TFloat32>> f) {
        return of(tf, params, given -> {
            Operand<TFloat32> value = f.apply(given);
            return new WithAux<>(value, value);
        });
    }

    /** Nothing flows back through some operations, as StopGradient; the output then has no operation behind it. */
    private static Operand<TFloat32> grad(Ops tf, Operand<TFloat32> param, Output<?> grad) {
        try {
            return Operands.floats(grad);
        } catch (IllegalStateException e) {
            return tf.zerosLike(param);
        }
    }

    private static List<Output<?>> addGradients(Graph graph, Operand<TFloat32> value, List<Operand<TFloat32>> at) {
        if (at.isEmpty()) {
            return List.of();
        }
        return List.of(graph.addGradients(
                value.asOutput(), at.stream().map(Operand::asOutput).toArray(Output<?>[]::new)));
    }

    /**
     * The same for a tree whose leaves' types only the graph knows, as a whole train state.
     *
     * @throws IllegalArgumentException where a leaf is no float, as a count of steps
     */
    public static <A> ValueAndGrad<A> ofAny(
            Ops tf, Tree<Operand<?>> arguments, Function<Tree<Operand<TFloat32>>, WithAux<A>> f) {
        return of(tf, arguments.mapWithPath(ValueAndGrad::differentiable), f);
    }

    private static Operand<TFloat32> differentiable(String path, Operand<?> argument) {
        if (argument.asOutput().dataType() != DataType.DT_FLOAT) {
            throw new IllegalArgumentException(
                    "grad requires real-valued inputs, but '%s' holds %s; differentiate by the parameters alone"
                            .formatted(path, argument.asOutput().dataType()));
        }
        return Operands.floats(argument);
    }

    /**
     * A scalar with something beside it.
     *
     * @param aux anything but null: JAX asks for a pair where there is an aux
     */
    public record WithAux<A>(Operand<TFloat32> value, A aux) {
        public WithAux {
            if (value == null || aux == null) {
                throw new IllegalArgumentException(
                        "With has_aux a function returns a two-element tuple, a value and an aux; one of them is null");
            }
        }
    }
}
