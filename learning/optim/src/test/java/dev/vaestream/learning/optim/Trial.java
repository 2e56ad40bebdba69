package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.DonatingJit;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** A transformation at work on parameters, update by update. */
final class Trial implements AutoCloseable {
    private static final String PARAMS = "params";
    private static final String STATE = "state";
    private static final String UPDATES = "updates";

    private final DonatingJit jit;

    Trial(GradientTransformation transformation, Tree<Array.Floats> params) {
        Tree<Array> state = transformation.init(params);
        Tree<Array> start = Tree.dict(Map.of(PARAMS, Tree.widen(params), UPDATES, Tree.widen(params), STATE, state));
        Tree<ShapeDtype> structure = start.map(Array::shapeDtype);
        List<ShapeDtype> gradients = params.map(Array::shapeDtype).leaves();
        this.jit = DonatingJit.trace(structure, gradients, (tf, traced, arguments) -> {
            Iterator<Operand<?>> next = arguments.iterator();
            return update(tf, transformation, traced, params.map(param -> floats(next.next())));
        });
        jit.setState(start);
    }

    Trial update(Tree<Array.Floats> gradients) {
        List<TType> tensors =
                gradients.map(gradient -> (TType) gradient.toTensor()).leaves();
        jit.call(tensors).close();
        tensors.forEach(Tensor::close);
        return this;
    }

    /** An update of a parameter that is a single number, {@code x}. */
    Trial update(float gradient) {
        return update(scalar(gradient));
    }

    Tree<Array> params() {
        return jit.state().get(PARAMS);
    }

    /** What the last update added. */
    Tree<Array> updates() {
        return jit.state().get(UPDATES);
    }

    Tree<Array> state() {
        return jit.state().get(STATE);
    }

    float x() {
        return ((Array.Floats) params().get("x").value()).values()[0];
    }

    static Tree<Array.Floats> scalar(float x) {
        return Tree.ofPaths(Map.of("x", Array.of(org.tensorflow.ndarray.Shape.of(1), x)));
    }

    @Override
    public void close() {
        jit.close();
    }

    private static DonatingJit.Traced update(
            Ops tf, GradientTransformation transformation, Tree<Operand<?>> traced, Tree<Operand<TFloat32>> gradients) {
        Tree<Operand<TFloat32>> params = traced.get(PARAMS).map(Trial::floats);
        GradientTransformation.Update update = transformation.update(tf, gradients, traced.get(STATE), params);
        Tree<Operand<?>> next = Tree.dict(Map.of(
                PARAMS, Operands.any(Optimizers.applyUpdates(tf, params, update.updates())),
                UPDATES, Operands.any(update.updates()),
                STATE, update.state()));
        return new DonatingJit.Traced(next, Optimizers.globalNorm(tf, update.updates()));
    }

    private static Operand<TFloat32> floats(Operand<?> operand) {
        return operand.asOutput().expect(TFloat32.class);
    }
}
