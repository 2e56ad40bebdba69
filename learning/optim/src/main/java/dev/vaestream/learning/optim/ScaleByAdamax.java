package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code optax.scale_by_adamax}: m̂ / v with v = max(|g| + ε, b₂v).
 *
 * <p>State: {@code count}, {@code mu}, {@code nu}.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, Adam, section 7</a>
 */
record ScaleByAdamax(double b1, double b2, double eps) implements Leafwise {
    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Moments.init(params);
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {
        Tree<Operand<TFloat32>> nu = State.floats(state.get(State.NU))
                .map(
                        updates,
                        (v, g) -> tf.math.maximum(
                                tf.math.add(tf.math.abs(g), tf.constant((float) eps)),
                                tf.math.mul(tf.constant((float) b2), v)));
        Moments moments = Moments.next(tf, state, updates, b1, b2).withNu(nu);
        return new Update(moments.muHat(tf, b1).map(nu, tf.math::div), moments.state());
    }
}
