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
    private final List<Operand<?>> arguments;
    private final List<Operand<?>> results;

    private Jit(Graph graph, List<Operand<?>> arguments, List<Operand<?>> results) {
        this.graph = graph;
        this.session = Sessions.open(graph);
        this.arguments = List.copyOf(arguments);
        this.results = List.copyOf(results);
    }

    /** Makes a graph of what {@code function} does with arguments of the given shapes. */
    public static Jit trace(List<ShapeDtype> signature, Function function) {
        Graph graph = new Graph();
        try {
            Ops tf = Ops.create(graph);
            List<Operand<?>> arguments = new ArrayList<>();
            signature.forEach(argument -> arguments.add(argument.placeholder(tf)));
            return new Jit(graph, arguments, function.apply(tf, arguments));
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
        if (tensors.size() != arguments.size()) {
            throw new IllegalArgumentException(
                    "The function takes " + arguments.size() + " arguments, not " + tensors.size());
        }
        Session.Runner runner = session.runner();
        for (int i = 0; i < tensors.size(); i++) {
            runner.feed(arguments.get(i), tensors.get(i));
        }
        results.forEach(runner::fetch);
        return runner.run();
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
