package dev.vaestream.learning.tracing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/**
 * A function traced into a graph for arguments of given shapes: {@code jax.jit(f).lower(…).compile()}. Safe for many
 * threads. {@link Jit} keeps one for each signature that it meets.
 *
 * <p>Owns its graph and session, and is closed by whoever traced it.
 */
public final class Compiled implements AutoCloseable {
    private final Graph graph;
    private final Session session;
    private final Arguments arguments;
    private final Tree<Operand<?>> results;

    private Compiled(Graph graph, Placement placement, Arguments arguments, Tree<Operand<?>> results) {
        this.graph = graph;
        this.session = Sessions.open(graph, placement);
        this.arguments = arguments;
        this.results = results;
    }

    /** Makes a graph of what {@code function} does with arguments of the given shapes. */
    public static Compiled trace(Tree<ShapeDtype> signature, Jit.Function function) {
        return trace(Placement.ANY, signature, function);
    }

    /** The same where {@code placement} says. */
    public static Compiled trace(Placement placement, Tree<ShapeDtype> signature, Jit.Function function) {
        Graph graph = new Graph();
        try {
            Ops tf = Ops.create(graph);
            Arguments arguments = Arguments.of(tf, signature.leaves());
            Tree<Operand<?>> results = function.apply(tf, signature.withLeaves(arguments.operands()));
            return new Compiled(graph, placement, arguments, results.map(result -> copy(tf, result)));
        } catch (RuntimeException e) {
            graph.close();
            throw e;
        }
    }

    /**
     * Runs the graph.
     *
     * @param tensors the arguments' leaves; they stay the caller's
     * @return the results' leaves, which the caller closes together
     */
    public Result call(List<? extends Tensor> tensors) {
        Session.Runner runner = session.runner();
        arguments.feed(runner, tensors);
        results.leaves().forEach(runner::fetch);
        return runner.run();
    }

    /** The same with arrays of the host, which are copied both ways. */
    public Tree<Array> call(Tree<? extends Array> arrays) {
        List<TType> tensors = new ArrayList<>();
        try {
            arrays.leaves().forEach(array -> tensors.add(array.toTensor()));
            try (Result result = call(tensors)) {
                Iterator<Map.Entry<String, Tensor>> values = result.iterator();
                return results.map(leaf -> Array.of(values.next().getValue().asRawTensor()));
            }
        } finally {
            tensors.forEach(Tensor::close);
        }
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
}
