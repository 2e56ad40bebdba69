package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * {@code optax.scale_by_learning_rate} of a schedule: -schedule(count) · u; the first update counts 0.
 *
 * <p>State: {@code count}.
 */
record ScaleBySchedule(Schedule learningRate) implements Leafwise {
    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.dict(Map.of(State.COUNT, State.zero()));
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {

        Operand<TInt32> count = State.integer(state.get(State.COUNT));
        Operand<TFloat32> factor = tf.math.neg(learningRate.at(tf, count));
        return new Update(
                updates.map(u -> tf.math.mul(factor, u)),
                Tree.dict(Map.of(State.COUNT, Tree.leaf(State.increment(tf, count)))));
    }

    @Override
    public Optional<Operand<TFloat32>> learningRate(Ops tf, Tree<Operand<?>> state) {
        return Optional.of(learningRate.at(tf, State.integer(state.get(State.COUNT))));
    }
}
