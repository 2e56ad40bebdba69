package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** {@code optax.scale_by_learning_rate}: -learningRate · u. No state. */
record ScaleByLearningRate(double learningRate) implements Leafwise {
    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.empty();
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {
        Operand<TFloat32> factor = tf.constant((float) -learningRate);
        return new Update(updates.map(u -> tf.math.mul(factor, u)), state);
    }

    @Override
    public Optional<Operand<TFloat32>> learningRate(Ops tf, Tree<Operand<?>> state) {
        return Optional.of(tf.constant((float) learningRate));
    }
}
