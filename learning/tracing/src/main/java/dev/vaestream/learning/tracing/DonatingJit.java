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
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.family.TType;

/**
 * A traced function from a state and arguments to the next state and a result, whose state stays in the session:
 * {@code jax.jit} with the state's buffers donated.
 *
 * <p>Every call reads each of the state's variables once, and writes none before all are read, so equal states and
 * arguments give equal results, bit for bit. For one thread at a time; closed by whoever traced it.
 */
public final class DonatingJit implements AutoCloseable {
    private final Graph graph;
    private final Session session;
    private final Tree<Variable> state;
    private final Arguments arguments;
    private final Operand<?> result;
    private final List<Op> updates;

    private DonatingJit(
            Graph graph,
            Placement placement,
            Tree<Variable> state,
            Arguments arguments,
            Operand<?> result,
            List<Op> updates) {
        this.graph = graph;
        this.session = Sessions.open(graph, placement);
        this.state = state;
        this.arguments = arguments;
        this.result = result;
        this.updates = List.copyOf(updates);
    }

    /** Makes a graph of what {@code function} does with a state and arguments of the given shapes. */
    public static DonatingJit trace(Tree<ShapeDtype> stateShapes, List<ShapeDtype> signature, Function function) {
        return trace(Placement.ANY, stateShapes, signature, function);
    }

    /** The same on given devices. */
    public static DonatingJit trace(
            Placement placement, Tree<ShapeDtype> stateShapes, List<ShapeDtype> signature, Function function) {
        Graph graph = new Graph();
        try {
            Ops tf = Ops.create(graph);
            Tree<Variable> state = stateShapes.mapWithPath((path, shape) -> Variable.of(tf, path, shape));
            Arguments arguments = Arguments.of(tf, signature);
            Traced traced = function.apply(tf, state.map(variable -> variable.read), arguments.operands());
            // The function may give one variable what it read from another, which must not have changed by then.
            Ops afterReads = tf.withControlDependencies(
                    state.map(variable -> (Op) variable.read).leaves());
            List<Op> updates = state.map(
                            traced.state, (variable, value) -> (Op) afterReads.assignVariableOp(variable.handle, value))
                    .leaves();
            return new DonatingJit(graph, placement, state, arguments, traced.result, updates);
        } catch (RuntimeException e) {
            graph.close();
            throw e;
        }
    }

    /**
     * Makes one step: the state becomes the next one.
     *
     * @param tensors one an argument, in order; they stay the caller's
     * @return the result, which the caller closes
     */
    public Result call(List<? extends Tensor> tensors) {
        Session.Runner runner = session.runner();
        arguments.feed(runner, tensors);
        updates.forEach(runner::addTarget);
        return runner.fetch(result).run();
    }

    /** A copy of the state. */
    public Tree<Array> state() {
        return Snapshot.copyOf(snapshot());
    }

    /** The state as it is now. */
    public Snapshot<Tree<Array>> snapshot() {
        Session.Runner runner = session.runner();
        state.leaves().forEach(variable -> runner.fetch(variable.read));
        Result values = runner.run();
        return new Snapshot<>() {
            @Override
            public Tree<Array> copy() {
                Iterator<Map.Entry<String, Tensor>> tensors = values.iterator();
                return state.map(variable -> Array.of(tensors.next().getValue().asRawTensor()));
            }

            @Override
            public void close() {
                values.close();
            }
        };
    }

    /** @throws TreeMismatchException where {@code values} has another structure or shape */
    public void setState(Tree<? extends Array> values) {
        List<TType> tensors = new ArrayList<>();
        try {
            Session.Runner runner = session.runner();
            state.map(values, (variable, value) -> {
                variable.requireShape(value);
                TType tensor = value.toTensor();
                tensors.add(tensor);
                runner.feed(variable.initial, tensor).addTarget(variable.initialize);
                return variable;
            });
            runner.run().close();
        } finally {
            tensors.forEach(Tensor::close);
        }
    }

    /** The graph's definition, the same bytes for the same graph. */
    public byte[] graphBytes() {
        return GraphBytes.of(graph);
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }

    /** A function over a graph's operands. */
    @FunctionalInterface
    public interface Function {
        /**
         * Traces the function.
         *
         * @param tf where its operations go
         * @param state what the variables hold before the call
         * @param arguments placeholders, one a signature's element
         */
        Traced apply(Ops tf, Tree<Operand<?>> state, List<Operand<?>> arguments);
    }

    /**
     * What such a function returns.
     *
     * @param state the next one, of the state's structure, shapes and types
     * @param result any operand
     */
    public record Traced(Tree<Operand<?>> state, Operand<?> result) {}

    private record Variable(
            String path,
            ShapeDtype shape,
            VarHandleOp handle,
            ReadVariableOp<? extends TType> read,
            Operand<?> initial,
            Op initialize) {

        static Variable of(Ops tf, String path, ShapeDtype shape) {
            VarHandleOp handle = tf.varHandleOp(shape.dtype(), shape.shape(), VarHandleOp.sharedName(path));
            Operand<?> initial = shape.placeholder(tf);
            return new Variable(
                    path,
                    shape,
                    handle,
                    tf.readVariableOp(handle, shape.dtype()),
                    initial,
                    tf.assignVariableOp(handle, initial));
        }

        void requireShape(Array value) {
            if (!value.shapeDtype().equals(shape)) {
                throw new TreeMismatchException("'" + path + "' is " + shape + ", not " + value);
            }
        }
    }
}
