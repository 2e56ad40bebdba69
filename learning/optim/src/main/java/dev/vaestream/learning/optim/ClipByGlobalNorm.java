package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * {@code optax.clip_by_global_norm}: (g / ‖g‖) · maxNorm where the norm of all arrays together is not less than that.
 *
 * <p>No state.
 */
record ClipByGlobalNorm(double maxNorm) implements GradientTransformation {
    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.empty();
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {
        Operand<TFloat32> norm = Optimizers.globalNorm(tf, updates);
        Operand<TFloat32> most = tf.constant((float) maxNorm);
        Operand<TBool> fits = tf.math.less(norm, most);
        return new Update(updates.map(u -> tf.select(fits, u, tf.math.mul(tf.math.div(u, norm), most))), state);
    }
}
