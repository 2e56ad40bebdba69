package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code optax.scale_by_rms}: g / √(v + ε) with v = decay · v + (1 - decay)g², which starts at 0 and is not corrected.
 *
 * <p>State: {@code nu}.
 *
 * @see <a href="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf">Hinton, RMSProp</a>
 */
record ScaleByRms(double decay, double eps) implements Leafwise {
    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.dict(Map.of(State.NU, State.zeros(params)));
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {

        Tree<Operand<TFloat32>> nu = State.average(tf, decay, state.get(State.NU), State.squares(tf, updates));
        return new Update(
                updates.map(nu, (g, v) -> tf.math.mul(g, tf.math.rsqrt(tf.math.add(v, tf.constant((float) eps))))),
                Tree.dict(Map.of(State.NU, State.any(nu))));
    }
}
