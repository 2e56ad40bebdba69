package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code optax.trace}: t = g + decay · t; the update is t, or g + decay · t with Nesterov's look ahead.
 *
 * <p>State: {@code trace}.
 */
record Trace(double decay, boolean nesterov) implements Leafwise {
    private static final String TRACE = "trace";

    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.dict(Map.of(TRACE, State.zeros(params)));
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {

        Tree<Operand<TFloat32>> trace = decayed(tf, updates, State.floats(state.get(TRACE)));
        return new Update(nesterov ? decayed(tf, updates, trace) : trace, Tree.dict(Map.of(TRACE, State.any(trace))));
    }

    private Tree<Operand<TFloat32>> decayed(Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<TFloat32>> trace) {
        Operand<TFloat32> factor = tf.constant((float) decay);
        return updates.map(trace, (g, t) -> tf.math.add(g, tf.math.mul(factor, t)));
    }
}
