package dev.vaestream.learning.nn;

import java.util.List;
import java.util.stream.LongStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code nn.Conv}: a convolution over one or two axes. x: (batch, width, in) or (batch, height, width, in) → the same axes
 * with another size each, and features as the last.
 *
 * <p>Parameters: {@code kernel} (…kernelSize, in, features), LeCun normal, and {@code bias} (features), zeros.
 *
 * @param kernelSize one size an axis
 * @param strides one an axis
 */
public record Conv(long features, List<Integer> kernelSize, List<Integer> strides, Padding padding, boolean useBias)
        implements Module<Operand<TFloat32>, Operand<TFloat32>> {
    /** What is assumed around the edges. */
    public enum Padding {
        /** Zeros, so many that an output has ⌈size / stride⌉ places. */
        SAME,
        /** Nothing: the kernel stays within the input. */
        VALID
    }

    public Conv {
        kernelSize = List.copyOf(kernelSize);
        strides = List.copyOf(strides);
        if (kernelSize.isEmpty() || kernelSize.size() > 2 || strides.size() != kernelSize.size()) {
            throw new IllegalArgumentException(
                    "kernelSize is %s and strides %s; both must have one number for each of one or two axes"
                            .formatted(kernelSize, strides));
        }
        if (features < 1
                || kernelSize.stream().anyMatch(n -> n < 1)
                || strides.stream().anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException("features is %d, kernelSize %s and strides %s; all must be at least 1"
                    .formatted(features, kernelSize, strides));
        }
    }

    /** With Flax's defaults: strides of one, padded to the same size, with a bias. */
    public Conv(long features, List<Integer> kernelSize) {
        this(features, kernelSize, kernelSize.stream().map(size -> 1).toList(), Padding.SAME, true);
    }

    @Override
    public Operand<TFloat32> call(Scope scope, Operand<TFloat32> x) {
        Ops tf = scope.tf();
        long in = x.shape().get(x.shape().numDimensions() - 1);
        Operand<TFloat32> kernel = scope.param("kernel", Initializers.lecunNormal(), kernelShape(in));
        Operand<TFloat32> y = kernelSize.size() == 2 ? convolve(tf, x, kernel, strides) : convolveRow(tf, x, kernel);
        return useBias ? tf.nn.biasAdd(y, scope.param("bias", Initializers.zeros(), Shape.of(features))) : y;
    }

    /** One axis is the second of two, of which the first has one place. */
    private Operand<TFloat32> convolveRow(Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel) {
        Operand<TFloat32> y = convolve(
                tf,
                tf.expandDims(x, tf.constant(1)),
                tf.expandDims(kernel, tf.constant(0)),
                List.of(1, strides.get(0)));
        return tf.squeeze(y, org.tensorflow.op.core.Squeeze.axis(List.of(1L)));
    }

    private Operand<TFloat32> convolve(Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel, List<Integer> strides) {
        List<Long> perAxis = List.of(1L, (long) strides.get(0), (long) strides.get(1), 1L);
        return tf.nn.conv2d(x, kernel, perAxis, padding.name());
    }

    private Shape kernelShape(long in) {
        return Shape.of(
                LongStream.concat(kernelSize.stream().mapToLong(Integer::longValue), LongStream.of(in, features))
                        .toArray());
    }
}
