package dev.vaestream.learning.tracing;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.annotation.TensorType;
import org.tensorflow.types.family.TType;

/**
 * What tracing needs to know of an argument, {@code jax.ShapeDtypeStruct}.
 *
 * @param shape may leave the size of an axis open, as {@code Shape.UNKNOWN_SIZE}
 */
public record ShapeDtype(Shape shape, Class<? extends TType> dtype) {
    /** 32-bit floats. */
    public static ShapeDtype floats(Shape shape) {
        return new ShapeDtype(shape, TFloat32.class);
    }

    /** 32-bit integers. */
    public static ShapeDtype ints(Shape shape) {
        return new ShapeDtype(shape, TInt32.class);
    }

    /** Unsigned bytes. */
    public static ShapeDtype bytes(Shape shape) {
        return new ShapeDtype(shape, TUint8.class);
    }

    /** A placeholder of this shape and type, as an example to {@code init} a module with. */
    public Placeholder<? extends TType> placeholder(Ops tf) {
        return tf.placeholder(dtype, Placeholder.shape(shape));
    }

    /** TensorFlow's number of the element type. */
    int number() {
        return dtype.getAnnotation(TensorType.class).dataType().getNumber();
    }

    int bytesPerElement() {
        return dtype.getAnnotation(TensorType.class).byteSize();
    }
}
