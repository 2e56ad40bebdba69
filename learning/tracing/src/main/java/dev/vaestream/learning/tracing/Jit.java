package dev.vaestream.learning.tracing;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;

/**
 * {@code jax.jit}: a function of trees of arrays, traced into a graph the first time it meets a signature (tree structure,
 * shapes and types), and run from that graph ever after. Safe for many threads; closed by whoever made it.
 */
public final class Jit implements AutoCloseable {
    private final StaticJit<Statics> jit;

    private Jit(Function function) {
        this.jit = StaticJit.of((tf, none, arguments) -> function.apply(tf, arguments));
    }

    /** Traces nothing yet. */
    public static Jit of(Function function) {
        return new Jit(function);
    }

    /**
     * Calls the function, after tracing it where this signature is new.
     *
     * @return shaped as what {@code function} returned
     * @throws RuntimeException that the function throws while it is traced, which is then traced again the next time
     */
    public Tree<Array> call(Tree<? extends Array> arguments) {
        return jit.call(Statics.NONE, arguments);
    }

    /** How many signatures it has been traced for. */
    public int traces() {
        return jit.traces();
    }

    @Override
    public void close() {
        jit.close();
    }

    /** A pure function over a graph's operands. */
    @FunctionalInterface
    public interface Function {
        /**
         * Traces the function.
         *
         * @param tf where its operations go
         * @param arguments placeholders, shaped as the arguments of the call
         * @return any tree; each leaf may be an operation's output or an argument
         */
        Tree<Operand<?>> apply(Ops tf, Tree<Operand<?>> arguments);
    }

    private enum Statics {
        NONE
    }
}
