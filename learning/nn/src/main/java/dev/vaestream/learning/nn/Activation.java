package dev.vaestream.learning.nn;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** An elementwise function between layers. */
@FunctionalInterface
public interface Activation {
    /** max(x, 0). */
    Activation RELU = (tf, x) -> tf.nn.relu(x);

    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x);
}
