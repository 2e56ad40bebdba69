package dev.vaestream.learning.tracing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.tensorflow.RawTensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * An array on the host: a shape and its values in row-major order.
 *
 * <p>Values are shared, not copied: whoever makes an array or reads its values must not change them.
 */
public sealed interface Array {
    /** Sizes of the axes; none for a scalar. */
    Shape shape();

    /** Shape and element type. */
    ShapeDtype shapeDtype();

    /** A tensor with the same values; the caller closes it. */
    TType toTensor();

    /** @throws IllegalArgumentException where there are not as many values as the shape has elements */
    static Floats of(Shape shape, float... values) {
        return new Floats(shape, values);
    }

    /** @throws IllegalArgumentException where there are not as many values as the shape has elements */
    static Ints of(Shape shape, int... values) {
        return new Ints(shape, values);
    }

    /** {@code jnp.zeros(shape)}. */
    static Floats zeros(Shape shape) {
        return new Floats(shape, new float[Math.toIntExact(shape.size())]);
    }

    /**
     * A copy of a tensor's values.
     *
     * @throws IllegalArgumentException where they are neither 32-bit floats nor 32-bit integers
     */
    static Array of(RawTensor tensor) {
        int size = Math.toIntExact(tensor.shape().size());
        return switch (tensor.dataType()) {
            case DT_FLOAT -> {
                float[] values = new float[size];
                bytes(tensor).asFloatBuffer().get(values);
                yield of(tensor.shape(), values);
            }
            case DT_INT32 -> {
                int[] values = new int[size];
                bytes(tensor).asIntBuffer().get(values);
                yield of(tensor.shape(), values);
            }
            default ->
                throw new IllegalArgumentException(
                        "The host holds no arrays of " + tensor.dataType() + ", only of floats and ints");
        };
    }

    /** Copied as a whole: TensorFlow's own typed buffers go through native memory element by element. */
    private static ByteBuffer bytes(RawTensor tensor) {
        byte[] bytes = new byte[Math.toIntExact(tensor.numBytes())];
        tensor.data().read(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    private static void requireSize(Shape shape, int size) {
        if (shape.size() != size) {
            throw new IllegalArgumentException(
                    "shape " + shape + " has " + shape.size() + " elements, but there are " + size + " values");
        }
    }

    /** An array of 32-bit floats. */
    final class Floats implements Array {
        private final Shape shape;
        private final float[] values;

        private Floats(Shape shape, float[] values) {
            requireSize(shape, values.length);
            this.shape = shape;
            this.values = values;
        }

        @Override
        public Shape shape() {
            return shape;
        }

        /** All values in row-major order; shared, not to be changed. */
        public float[] values() {
            return values;
        }

        @Override
        public ShapeDtype shapeDtype() {
            return ShapeDtype.floats(shape);
        }

        @Override
        public TFloat32 toTensor() {
            return TFloat32.tensorOf(shape, DataBuffers.of(values));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Floats floats && shape.equals(floats.shape) && Arrays.equals(values, floats.values);
        }

        @Override
        public int hashCode() {
            return 31 * shape.hashCode() + Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "float32" + shape;
        }
    }

    /** An array of 32-bit integers. */
    final class Ints implements Array {
        private final Shape shape;
        private final int[] values;

        private Ints(Shape shape, int[] values) {
            requireSize(shape, values.length);
            this.shape = shape;
            this.values = values;
        }

        @Override
        public Shape shape() {
            return shape;
        }

        /** All values in row-major order; shared, not to be changed. */
        public int[] values() {
            return values;
        }

        @Override
        public ShapeDtype shapeDtype() {
            return ShapeDtype.ints(shape);
        }

        @Override
        public TInt32 toTensor() {
            return TInt32.tensorOf(shape, DataBuffers.of(values));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Ints ints && shape.equals(ints.shape) && Arrays.equals(values, ints.values);
        }

        @Override
        public int hashCode() {
            return 31 * shape.hashCode() + Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "int32" + shape;
        }
    }
}
