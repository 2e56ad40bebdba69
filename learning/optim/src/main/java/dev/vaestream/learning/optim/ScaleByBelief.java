package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code optax.scale_by_belief}: m̂ / (√ŝ + ε), where s averages (g - m)² and grows by ε̄ each time.
 *
 * <p>State: {@code count}, {@code mu}, {@code nu}.
 *
 * @param epsRoot ε̄
 * @see <a href="https://arxiv.org/abs/2010.07468">Zhuang et al., AdaBelief</a>
 */
record ScaleByBelief(double b1, double b2, double eps, double epsRoot) implements Leafwise {
    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Moments.init(params);
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {
        Moments moments = Moments.next(tf, state, updates, b1, b2);
        Tree<Operand<TFloat32>> errors = updates.map(moments.mu(), tf.math::sub);
        Moments beliefs = moments.withNu(State.average(tf, b2, state.get(State.NU), State.squares(tf, errors))
                .map(s -> tf.math.add(s, tf.constant((float) epsRoot))));
        return new Update(
                beliefs.muHat(tf, b1)
                        .map(
                                beliefs.nuHat(tf, b2),
                                (m, s) -> tf.math.div(m, tf.math.add(tf.math.sqrt(s), tf.constant((float) eps)))),
                beliefs.state());
    }
}
