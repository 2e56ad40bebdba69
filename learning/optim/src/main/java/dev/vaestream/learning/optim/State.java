package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.Tree;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** How transformations keep and read their states. */
final class State {
    static final String COUNT = "count";
    static final String MU = "mu";
    static final String NU = "nu";

    private State() {}

    static Tree<Array> zero() {
        return Tree.leaf(Array.of(Shape.scalar(), new int[1]));
    }

    static Tree<Array> filled(Tree<Array.Floats> params, double value) {
        return params.map(param -> {
            Array.Floats array = Array.zeros(param.shape());
            Arrays.fill(array.values(), (float) value);
            return array;
        });
    }

    static Tree<Array> zeros(Tree<Array.Floats> params) {
        return filled(params, 0);
    }

    static Tree<Operand<TFloat32>> floats(Tree<Operand<?>> state) {
        return Operands.floats(state);
    }

    static Operand<TInt32> integer(Tree<Operand<?>> state) {
        return Operands.ints(state.value());
    }

    /** One more, and never past the largest integer. */
    static Operand<TInt32> increment(Ops tf, Operand<TInt32> count) {
        return tf.math.add(tf.math.minimum(count, tf.constant(Integer.MAX_VALUE - 1)), tf.constant(1));
    }

    static Tree<Operand<?>> any(Tree<Operand<TFloat32>> tree) {
        return Operands.any(tree);
    }

    /** (1 - decay) · next + decay · average. */
    static Tree<Operand<TFloat32>> average(
            Ops tf, double decay, Tree<Operand<?>> average, Tree<Operand<TFloat32>> next) {
        Operand<TFloat32> gain = tf.constant((float) (1 - decay));
        Operand<TFloat32> keep = tf.constant((float) decay);
        return floats(average).map(next, (old, value) -> tf.math.add(tf.math.mul(gain, value), tf.math.mul(keep, old)));
    }

    /** 1 - decay^count. */
    static Operand<TFloat32> correction(Ops tf, double decay, Operand<TInt32> count) {
        Operand<TFloat32> power = tf.math.pow(tf.constant((float) decay), tf.dtypes.cast(count, TFloat32.class));
        return tf.math.sub(tf.constant(1f), power);
    }

    static Tree<Operand<TFloat32>> divide(Ops tf, Tree<Operand<TFloat32>> tree, Operand<TFloat32> by) {
        return tree.map(leaf -> tf.math.div(leaf, by));
    }

    static Tree<Operand<TFloat32>> squares(Ops tf, Tree<Operand<TFloat32>> tree) {
        return tree.map(tf.math::square);
    }
}
