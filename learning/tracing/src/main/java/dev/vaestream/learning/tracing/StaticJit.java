package dev.vaestream.learning.tracing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;

/**
 * {@code jax.jit(f, static_argnums=…)}: a function of arrays and of values that it is traced anew for, as a number of
 * layers. Safe for many threads.
 *
 * <p>Traces once for each signature, which is the static values and the arguments' tree structure, shapes and types, and
 * keeps every graph until it is closed by whoever made it.
 *
 * @param <S> the static values; equal ones share a graph
 */
public final class StaticJit<S> implements AutoCloseable {
    private final Function<S> function;
    private final Map<Signature<S>, Compiled> traces = new ConcurrentHashMap<>();

    private StaticJit(Function<S> function) {
        this.function = function;
    }

    /** Traces nothing yet. */
    public static <S> StaticJit<S> of(Function<S> function) {
        return new StaticJit<>(function);
    }

    /**
     * Calls the function, after tracing it where this signature is new.
     *
     * @return shaped as what {@code function} returned
     */
    public Tree<Array> call(S statics, Tree<? extends Array> arguments) {
        Tree<Array> values = Tree.widen(arguments);
        Signature<S> signature = new Signature<>(statics, values.map(Array::shapeDtype));
        return traces.computeIfAbsent(signature, this::trace).call(values);
    }

    /** How many signatures it has been traced for. */
    public int traces() {
        return traces.size();
    }

    @Override
    public void close() {
        traces.values().forEach(Compiled::close);
    }

    private Compiled trace(Signature<S> signature) {
        return Compiled.trace(signature.arguments, (tf, arguments) -> function.apply(tf, signature.statics, arguments));
    }

    /** A pure function over a graph's operands; it sees the static values themselves. */
    @FunctionalInterface
    public interface Function<S> {
        /**
         * Traces the function for some static values.
         *
         * @param tf where its operations go
         * @param arguments placeholders, shaped as the arguments of the call
         * @return any tree; each leaf may be an operation's output or an argument
         */
        Tree<Operand<?>> apply(Ops tf, S statics, Tree<Operand<?>> arguments);
    }

    private record Signature<S>(S statics, Tree<ShapeDtype> arguments) {}
}
