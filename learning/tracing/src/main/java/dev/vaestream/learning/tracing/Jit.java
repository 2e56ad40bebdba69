package dev.vaestream.learning.tracing;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;

/**
 * A function traced into a graph: {@code jax.jit}. Safe for many threads.
 *
 * <p>Owns its graph and session, and is closed by whoever traced it.
 */
public final class Jit implements AutoCloseable {
    private final Graph graph;
    private final Session session;
    private final Arguments arguments;
    private final List<Operand<?>> results;

    private Jit(Graph graph, Arguments arguments, List<Operand<?>> results) {
        this.graph = graph;
        this.session = Sessions.open(graph);
        this.arguments = arguments;
        this.results = List.copyOf(results);
    }

    /** Makes a graph of what {@code function} does with arguments of the given shapes. */
    public static Jit trace(List<ShapeDtype> signature, Function function) {
        Graph graph = new Graph();
        try {
            Ops tf = Ops.create(graph);
            Arguments arguments = Arguments.of(tf, signature);
            List<Operand<?>> results = function.apply(tf, arguments.operands());
            List<Operand<?>> copies = new ArrayList<>();
            results.forEach(result -> copies.add(copy(tf, result)));
            return new Jit(graph, arguments, copies);
        } catch (RuntimeException e) {
            graph.close();
            throw e;
        }
    }

    /**
     * Runs the graph.
     *
     * @param tensors one an argument, in order; they stay the caller's
     * @return the results, which the caller closes together
     */
    public Result call(List<? extends Tensor> tensors) {
        Session.Runner runner = session.runner();
        arguments.feed(runner, tensors);
        results.forEach(runner::fetch);
        return runner.run();
    }

    /** TensorFlow fetches nothing that is fed, so an argument that is a result needs an operation of its own. */
    private static Operand<?> copy(Ops tf, Operand<?> result) {
        return tf.identity(result.asOutput());
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }

    /** A function over a graph's operands. */
    @FunctionalInterface
    public interface Function {
        List<Operand<?>> apply(Ops tf, List<Operand<?>> arguments);
    }
}
