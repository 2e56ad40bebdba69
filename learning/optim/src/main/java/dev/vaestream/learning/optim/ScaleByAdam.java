package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * {@code optax.scale_by_adam}: m̂ / (√v̂ + ε) with m = b₁m + (1-b₁)g, v = b₂v + (1-b₂)g² and both divided by 1 - bᵗ.
 *
 * <p>State: {@code count}, the updates made, and the moments {@code mu} and {@code nu}.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, Adam</a>
 */
record ScaleByAdam(double b1, double b2, double eps) implements GradientTransformation {
    private static final String COUNT = "count";
    private static final String MU = "mu";
    private static final String NU = "nu";

    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.dict(Map.of(
                COUNT, Tree.leaf(Array.of(Shape.scalar(), new int[1])),
                MU, params.map(param -> Array.zeros(param.shape())),
                NU, params.map(param -> Array.zeros(param.shape()))));
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {
        Operand<TInt32> count = tf.math.add(state.get(COUNT).value().asOutput().expect(TInt32.class), tf.constant(1));
        Tree<Operand<TFloat32>> mu = state.get(MU)
                .map(updates, (moment, g) -> average(tf, b1, moment.asOutput().expect(TFloat32.class), g));
        Tree<Operand<TFloat32>> nu = state.get(NU)
                .map(
                        updates,
                        (moment, g) -> average(tf, b2, moment.asOutput().expect(TFloat32.class), tf.math.square(g)));
        Operand<TFloat32> muCorrection = biasCorrection(tf, b1, count);
        Operand<TFloat32> nuCorrection = biasCorrection(tf, b2, count);
        Operand<TFloat32> epsilon = tf.constant((float) eps);
        Tree<Operand<TFloat32>> directions = mu.map(
                nu,
                (m, v) -> tf.math.div(
                        tf.math.div(m, muCorrection),
                        tf.math.add(tf.math.sqrt(tf.math.div(v, nuCorrection)), epsilon)));
        return new Update(
                directions,
                Tree.dict(Map.of(COUNT, Tree.leaf(count), MU, mu.map(leaf -> leaf), NU, nu.map(leaf -> leaf))));
    }

    private static Operand<TFloat32> average(Ops tf, double decay, Operand<TFloat32> average, Operand<TFloat32> next) {
        return tf.math.add(
                tf.math.mul(tf.constant((float) (1 - decay)), next), tf.math.mul(tf.constant((float) decay), average));
    }

    private static Operand<TFloat32> biasCorrection(Ops tf, double decay, Operand<TInt32> count) {
        Operand<TFloat32> power = tf.math.pow(tf.constant((float) decay), tf.dtypes.cast(count, TFloat32.class));
        return tf.math.sub(tf.constant(1f), power);
    }
}
