package dev.vaestream.learning.optim;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** {@code optax.Schedule}: a value for each count of updates, the first of which is 0. */
public interface Schedule {
    /** The value at {@code count}, in either arithmetic. */
    <N> N at(Arithmetic<N> on, N count);

    /** The value at a count, on the host. */
    default double at(long count) {
        return at(HostArithmetic.INSTANCE, (double) count);
    }

    /**
     * The value at a count, in a graph.
     *
     * @param count a scalar
     * @return a scalar
     */
    default Operand<TFloat32> at(Ops tf, Operand<TInt32> count) {
        return at(new GraphArithmetic(tf), tf.dtypes.cast(count, TFloat32.class));
    }
}
