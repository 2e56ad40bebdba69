package dev.vaestream.learning.nn;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code nn.Dropout}: each element is 0 with probability {@code rate}, and divided by 1 - rate otherwise. The same shape.
 *
 * <p>The mask is drawn from the key stream {@code dropout} when the module is traced, and is a constant of the graph: who
 * wants another mask in each call traces each call, or draws the masks outside and feeds them.
 *
 * @param rate 0 to 1; with 1 everything is 0, and so are all gradients
 * @param deterministic whether everything passes as it is, as in evaluation
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al., Dropout</a>
 */
public record Dropout(double rate, boolean deterministic) implements Module<Operand<TFloat32>, Operand<TFloat32>> {
    private static final String STREAM = "dropout";

    public Dropout {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate is " + rate + "; it must be 0 to 1");
        }
    }

    @Override
    public Operand<TFloat32> call(Scope scope, Operand<TFloat32> x) {
        Ops tf = scope.tf();
        if (deterministic || rate == 0) {
            return x;
        }
        if (rate == 1) {
            return tf.zerosLike(x);
        }
        float keep = (float) (1 - rate);
        boolean[] kept =
                scope.makeRng(STREAM).bernoulli(Math.toIntExact(x.shape().size()), keep);
        Operand<TFloat32> scaled = tf.math.div(x, tf.constant(keep));
        return tf.select(tf.reshape(tf.constant(kept), tf.constant(x.shape().asArray())), scaled, tf.zerosLike(x));
    }
}
