package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** {@code optax.add_decayed_weights}: u + weightDecay · p, on every parameter. No state. */
record AddDecayedWeights(double weightDecay) implements GradientTransformation {
    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.empty();
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {
        Operand<TFloat32> decay = tf.constant((float) weightDecay);
        return new Update(updates.map(params, (u, param) -> tf.math.add(u, tf.math.mul(decay, param))), state);
    }
}
