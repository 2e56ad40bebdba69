package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * {@code optax.scale_by_lion}: sign((1-b₁)g + b₁m), then m = (1-b₂)g + b₂m.
 *
 * <p>State: {@code count}, {@code mu}.
 *
 * @see <a href="https://arxiv.org/abs/2302.06675">Chen et al., Symbolic discovery of optimization algorithms</a>
 */
record ScaleByLion(double b1, double b2) implements Leafwise {
    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.dict(Map.of(State.COUNT, State.zero(), State.MU, State.zeros(params)));
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {

        Tree<Operand<TFloat32>> directions =
                State.average(tf, b1, state.get(State.MU), updates).map(tf.math::sign);
        Tree<Operand<TFloat32>> mu = State.average(tf, b2, state.get(State.MU), updates);
        Operand<TInt32> count = State.increment(tf, State.integer(state.get(State.COUNT)));
        return new Update(directions, Tree.dict(Map.of(State.COUNT, Tree.leaf(count), State.MU, State.any(mu))));
    }
}
