package dev.vaestream.learning.nn;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** An elementwise function between layers. Those below print as their names. */
@FunctionalInterface
public interface Activation {
    /** max(x, 0). */
    Activation RELU = named("relu", (tf, x) -> tf.nn.relu(x));

    Activation TANH = named("tanh", (tf, x) -> tf.math.tanh(x));

    /** 1 / (1 + e⁻ˣ). */
    Activation SIGMOID = named("sigmoid", (tf, x) -> tf.math.sigmoid(x));

    /** log(1 + eˣ). */
    Activation SOFTPLUS = named("softplus", (tf, x) -> tf.math.softplus(x));

    /** x · sigmoid(x), also called swish. */
    Activation SILU = named("silu", (tf, x) -> tf.math.mul(x, tf.math.sigmoid(x)));

    /** x where it is positive, else eˣ - 1. */
    Activation ELU = named("elu", (tf, x) -> tf.nn.elu(x));

    /**
     * ½x(1 + tanh(√(2/π)(x + 0.044715x³))), the approximation that Flax takes by default.
     *
     * @see <a href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel, Gaussian error linear units</a>
     */
    Activation GELU = named("gelu", (tf, x) -> {
        Operand<TFloat32> cube = tf.math.mul(x, tf.math.square(x));
        Operand<TFloat32> inner = tf.math.mul(
                tf.constant((float) Math.sqrt(2 / Math.PI)), tf.math.add(x, tf.math.mul(tf.constant(0.044715f), cube)));
        Operand<TFloat32> gate = tf.math.add(tf.constant(1f), tf.math.tanh(inner));
        return tf.math.mul(tf.math.mul(tf.constant(0.5f), x), gate);
    });

    /** The function of each element: any shape → the same. */
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x);

    /** The function as a layer without parameters. */
    default Module<Operand<TFloat32>, Operand<TFloat32>> asLayer() {
        return (scope, x) -> apply(scope.tf(), x);
    }

    /** An activation that prints as its name, so that models print as what they are. */
    private static Activation named(String name, Activation function) {
        return new Activation() {
            @Override
            public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
                return function.apply(tf, x);
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }
}
