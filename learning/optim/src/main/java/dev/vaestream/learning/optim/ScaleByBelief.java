package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * {@code optax.scale_by_belief}: m̂ / (√ŝ + ε), where s averages (g - m)² and grows by ε̄ each time.
 *
 * <p>State: {@code count}, {@code mu}, {@code nu}.
 *
 * @param epsRoot ε̄
 * @see <a href="https://arxiv.org/abs/2010.07468">Zhuang et al., AdaBelief</a>
 */
record ScaleByBelief(double b1, double b2, double eps, double epsRoot) implements GradientTransformation {
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
        Tree<Operand<TFloat32>> errors = updates.map(mu, tf.math::sub);
        Tree<Operand<TFloat32>> nu = State.average(tf, b2, state.get(State.NU), State.squares(tf, errors))
                .map(s -> tf.math.add(s, tf.constant((float) epsRoot)));
        Tree<Operand<TFloat32>> muHat = State.divide(tf, mu, State.correction(tf, b1, count));
        Tree<Operand<TFloat32>> nuHat = State.divide(tf, nu, State.correction(tf, b2, count));
        return new Update(
                muHat.map(nuHat, (m, s) -> tf.math.div(m, tf.math.add(tf.math.sqrt(s), tf.constant((float) eps)))),
                Tree.dict(Map.of(State.COUNT, Tree.leaf(count), State.MU, State.any(mu), State.NU, State.any(nu))));
    }
}
