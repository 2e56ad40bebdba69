package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * {@code optax.scale_by_adamax}: m̂ / v with v = max(|g| + ε, b₂v).
 *
 * <p>State: {@code count}, {@code mu}, {@code nu}.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, Adam, section 7</a>
 */
record ScaleByAdamax(double b1, double b2, double eps) implements GradientTransformation {
    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.dict(
                Map.of(State.COUNT, State.zero(), State.MU, State.zeros(params), State.NU, State.zeros(params)));
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {

        Operand<TInt32> count = State.increment(tf, State.integer(state.get(State.COUNT)));
        Tree<Operand<TFloat32>> mu = State.average(tf, b1, state.get(State.MU), updates);
        Tree<Operand<TFloat32>> nu = State.floats(state.get(State.NU))
                .map(
                        updates,
                        (v, g) -> tf.math.maximum(
                                tf.math.add(tf.math.abs(g), tf.constant((float) eps)),
                                tf.math.mul(tf.constant((float) b2), v)));
        Tree<Operand<TFloat32>> muHat = State.divide(tf, mu, State.correction(tf, b1, count));
        return new Update(
                muHat.map(nu, tf.math::div),
                Tree.dict(Map.of(State.COUNT, Tree.leaf(count), State.MU, State.any(mu), State.NU, State.any(nu))));
    }
}
