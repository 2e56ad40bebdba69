package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code optax.scale_by_rss}: g / √(Σg² + ε), 0 where the sum is.
 *
 * <p>State: {@code sum_of_squares}.
 *
 * @see <a href="https://jmlr.org/papers/v12/duchi11a.html">Duchi et al., Adaptive subgradient methods</a>
 */
record ScaleByRss(double initialAccumulatorValue, double eps) implements Leafwise {
    private static final String SUM = "sum_of_squares";

    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.dict(Map.of(SUM, State.filled(params, initialAccumulatorValue)));
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {

        Tree<Operand<TFloat32>> sum =
                State.floats(state.get(SUM)).map(updates, (s, g) -> tf.math.add(tf.math.square(g), s));
        return new Update(
                updates.map(sum, (g, s) -> tf.math.mul(inverseRoot(tf, s), g)), Tree.dict(Map.of(SUM, State.any(sum))));
    }

    private Operand<TFloat32> inverseRoot(Ops tf, Operand<TFloat32> sum) {
        return tf.select(
                tf.math.greater(sum, tf.constant(0f)),
                tf.math.rsqrt(tf.math.add(sum, tf.constant((float) eps))),
                tf.zerosLike(sum));
    }
}
