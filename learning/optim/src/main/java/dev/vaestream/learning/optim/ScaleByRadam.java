package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * {@code optax.scale_by_radam}: Adam once enough updates tell the variance, ρ ≥ {@code threshold}; m̂ before.
 *
 * <p>State: {@code count}, {@code mu}, {@code nu}.
 *
 * @see <a href="https://arxiv.org/abs/1908.03265">Liu et al., On the variance of the adaptive learning rate</a>
 */
record ScaleByRadam(double b1, double b2, double eps, double threshold) implements Leafwise {
    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Moments.init(params);
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {
        Moments moments = Moments.next(tf, state, updates, b1, b2);
        Operand<TFloat32> rho = rho(tf, moments.count());
        Operand<TFloat32> r = rectification(tf, rho);
        Operand<TBool> known = tf.math.greaterEqual(rho, tf.constant((float) threshold));
        return new Update(
                moments.muHat(tf, b1).map(moments.nuHat(tf, b2), (m, v) -> tf.select(known, rectified(tf, r, m, v), m)),
                moments.state());
    }

    private Operand<TFloat32> rectified(Ops tf, Operand<TFloat32> r, Operand<TFloat32> m, Operand<TFloat32> v) {
        return tf.math.div(tf.math.mul(r, m), tf.math.add(tf.math.sqrt(v), tf.constant((float) eps)));
    }

    private double limit() {
        return 2 / (1 - b2) - 1;
    }

    /** ρ = ρ∞ - 2t b₂ᵗ / (1 - b₂ᵗ), the length of the average's history. */
    private Operand<TFloat32> rho(Ops tf, Operand<TInt32> count) {
        Operand<TFloat32> correction = State.correction(tf, b2, count);
        Operand<TFloat32> power = tf.math.sub(tf.constant(1f), correction);
        Operand<TFloat32> twice = tf.math.mul(tf.constant(2f), tf.dtypes.cast(count, TFloat32.class));
        return tf.math.sub(tf.constant((float) limit()), tf.math.div(tf.math.mul(twice, power), correction));
    }

    /** √((ρ-4)(ρ-2)ρ∞ / ((ρ∞-4)(ρ∞-2)ρ)). */
    private Operand<TFloat32> rectification(Ops tf, Operand<TFloat32> rho) {
        double limit = limit();
        Operand<TFloat32> above = tf.math.mul(
                tf.math.mul(tf.math.sub(rho, tf.constant(4f)), tf.math.sub(rho, tf.constant(2f))),
                tf.constant((float) (limit / ((limit - 4) * (limit - 2)))));
        return tf.math.sqrt(tf.math.div(above, rho));
    }
}
