package dev.vaestream.learning.nn;

import java.util.List;
import java.util.stream.LongStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * {@code nn.Dense}: x · kernel + bias on the last axis. x: (…, in) → (…, features), with any axes before the last or none.
 *
 * <p>Parameters: {@code kernel} (in, features) and {@code bias} (features).
 *
 * @param useBias whether there is a bias
 */
public record Dense(long features, boolean useBias, Initializer kernelInit, Initializer biasInit)
        implements Module<Operand<TFloat32>, Operand<TFloat32>> {
    public Dense {
        if (features < 1) {
            throw new IllegalArgumentException("features is " + features + "; it must be at least 1");
        }
    }

    /** With a kernel of LeCun's normal, and a bias of zeros where there is one. */
    public Dense(long features, boolean useBias) {
        this(features, useBias, Initializers.lecunNormal(), Initializers.zeros());
    }

    /** The same with a bias. */
    public Dense(long features) {
        this(features, true);
    }

    /** @throws IllegalArgumentException for a scalar, or where the size of the last axis is open */
    @Override
    public Operand<TFloat32> call(Scope scope, Operand<TFloat32> x) {
        Ops tf = scope.tf();
        int axes = x.shape().numDimensions();
        if (axes < 1 || x.shape().get(axes - 1) == Shape.UNKNOWN_SIZE) {
            throw new IllegalArgumentException(
                    "Dense takes an input (…, in) whose last axis has a known size, not " + x.shape());
        }
        long in = x.shape().get(axes - 1);
        Operand<TFloat32> kernel = scope.param("kernel", kernelInit, Shape.of(in, features));
        Operand<TFloat32> rows = axes == 2 ? x : tf.reshape(x, tf.constant(new long[] {-1, in}));
        Operand<TFloat32> y = tf.linalg.matMul(rows, kernel);
        if (useBias) {
            y = tf.nn.biasAdd(y, scope.param("bias", biasInit, Shape.of(features)));
        }
        return axes == 2 ? y : withLast(tf, x, y);
    }

    /** {@code rows} with the axes of {@code x} before the last. One whose size is open can be left to be found out. */
    private Operand<TFloat32> withLast(Ops tf, Operand<TFloat32> x, Operand<TFloat32> rows) {
        long[] sizes = x.shape().asArray();
        sizes[sizes.length - 1] = features;
        if (LongStream.of(sizes).filter(size -> size == Shape.UNKNOWN_SIZE).count() <= 1) {
            return tf.reshape(rows, tf.constant(sizes));
        }
        Operand<TInt32> before =
                tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {sizes.length - 1}));
        return tf.reshape(
                rows, tf.concat(List.of(before, tf.constant(new int[] {Math.toIntExact(features)})), tf.constant(0)));
    }
}
