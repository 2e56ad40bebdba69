package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code optax.scale_by_adam}: m̂ / (√(v̂ + ε̄) + ε) with m = b₁m + (1-b₁)g, v = b₂v + (1-b₂)g² and both divided by
 * 1 - bᵗ. With Nesterov's look ahead m̂ is b₁m / (1 - b₁ᵗ⁺¹) + (1-b₁)g / (1 - b₁ᵗ).
 *
 * <p>State: {@code count}, the updates made, and the moments {@code mu} and {@code nu}.
 *
 * @param epsRoot ε̄
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, Adam</a>
 */
record ScaleByAdam(double b1, double b2, double eps, double epsRoot, boolean nesterov) implements Leafwise {
    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Moments.init(params);
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {
        Moments moments = Moments.next(tf, state, updates, b1, b2);
        Tree<Operand<TFloat32>> muHat = nesterov ? lookAhead(tf, moments, updates) : moments.muHat(tf, b1);
        return new Update(
                muHat.map(moments.nuHat(tf, b2), (m, v) -> tf.math.div(m, denominator(tf, v))), moments.state());
    }

    private Tree<Operand<TFloat32>> lookAhead(Ops tf, Moments moments, Tree<Operand<TFloat32>> updates) {
        Tree<Operand<TFloat32>> ahead =
                State.divide(tf, moments.mu(), State.correction(tf, b1, State.increment(tf, moments.count())));
        Tree<Operand<TFloat32>> now = State.divide(tf, updates, State.correction(tf, b1, moments.count()));
        return ahead.map(
                now,
                (m, g) -> tf.math.add(
                        tf.math.mul(tf.constant((float) b1), m), tf.math.mul(tf.constant((float) (1 - b1)), g)));
    }

    private Operand<TFloat32> denominator(Ops tf, Operand<TFloat32> nuHat) {
        Operand<TFloat32> inside = epsRoot == 0 ? nuHat : tf.math.add(nuHat, tf.constant((float) epsRoot));
        return tf.math.add(tf.math.sqrt(inside), tf.constant((float) eps));
    }
}
