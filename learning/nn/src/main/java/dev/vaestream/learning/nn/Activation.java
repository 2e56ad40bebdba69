package dev.vaestream.learning.nn;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** An elementwise function between layers. */
@FunctionalInterface
public interface Activation {
    /** max(x, 0). */
    Activation RELU = (tf, x) -> tf.nn.relu(x);

    Activation TANH = (tf, x) -> tf.math.tanh(x);

    /** 1 / (1 + e⁻ˣ). */
    Activation SIGMOID = (tf, x) -> tf.math.sigmoid(x);

    /** log(1 + eˣ). */
    Activation SOFTPLUS = (tf, x) -> tf.math.softplus(x);

    /** x · sigmoid(x), also called swish. */
    Activation SILU = (tf, x) -> tf.math.mul(x, tf.math.sigmoid(x));

    /** x where it is positive, else eˣ - 1. */
    Activation ELU = (tf, x) -> tf.nn.elu(x);

    /**
     * ½x(1 + tanh(√(2/π)(x + 0.044715x³))), the approximation that Flax takes by default.
     *
     * @see <a href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel, Gaussian error linear units</a>
     */
    Activation GELU = (tf, x) -> {
        Operand<TFloat32> cube = tf.math.mul(x, tf.math.square(x));
        Operand<TFloat32> inner = tf.math.mul(
                tf.constant((float) Math.sqrt(2 / Math.PI)), tf.math.add(x, tf.math.mul(tf.constant(0.044715f), cube)));
        Operand<TFloat32> gate = tf.math.add(tf.constant(1f), tf.math.tanh(inner));
        return tf.math.mul(tf.math.mul(tf.constant(0.5f), x), gate);
    };

    /** The function of each element: any shape → the same. */
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x);

    /** The function as a layer without parameters. */
    default Module<Operand<TFloat32>, Operand<TFloat32>> asLayer() {
        return (scope, x) -> apply(scope.tf(), x);
    }
}
