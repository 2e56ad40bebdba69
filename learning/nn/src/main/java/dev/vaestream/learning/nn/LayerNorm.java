package dev.vaestream.learning.nn;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * {@code nn.LayerNorm}: (x - mean) / √(variance + epsilon) · scale + bias, with mean and variance over the last axis. The
 * same shape.
 *
 * <p>Parameters: {@code scale} (last), ones, and {@code bias} (last), zeros, each where it is used.
 *
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba et al., Layer normalization</a>
 */
public record LayerNorm(double epsilon, boolean useBias, boolean useScale)
        implements Module<Operand<TFloat32>, Operand<TFloat32>> {
    public LayerNorm {
        if (!(epsilon >= 0)) {
            throw new IllegalArgumentException("epsilon is " + epsilon + "; it must not be negative");
        }
    }

    /** With Flax's defaults: 10⁻⁶, and both parameters. */
    public LayerNorm() {
        this(1e-6, true, true);
    }

    @Override
    public Operand<TFloat32> call(Scope scope, Operand<TFloat32> x) {
        Ops tf = scope.tf();
        Shape last = Shape.of(x.shape().get(x.shape().numDimensions() - 1));
        Operand<TFloat32> mean = meanOfLast(tf, x);
        // E[x²] - E[x]², which rounding may take below 0: Flax's fast variance.
        Operand<TFloat32> variance =
                tf.math.maximum(tf.constant(0f), tf.math.sub(meanOfLast(tf, tf.math.square(x)), tf.math.square(mean)));
        Operand<TFloat32> factor = tf.math.rsqrt(tf.math.add(variance, tf.constant((float) epsilon)));
        if (useScale) {
            factor = tf.math.mul(factor, scope.param("scale", Initializers.ones(), last));
        }
        Operand<TFloat32> y = tf.math.mul(tf.math.sub(x, mean), factor);
        return useBias ? tf.math.add(y, scope.param("bias", Initializers.zeros(), last)) : y;
    }

    private static Operand<TFloat32> meanOfLast(Ops tf, Operand<TFloat32> x) {
        return tf.math.mean(x, tf.constant(-1), Mean.keepDims(true));
    }
}
