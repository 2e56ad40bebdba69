package dev.vaestream.learning.tracing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.tensorflow.Operand;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.op.Ops;

/** A placeholder of a {@link Program} and the tensor that is fed to it, which is written in place before each call. */
public final class Feed implements AutoCloseable {
    private final String name;
    private final ShapeDtype shapeDtype;
    private final TF_Tensor tensor;
    private final ByteBuffer bytes;
    private final FloatBuffer floats;

    private Feed(String name, ShapeDtype shapeDtype) {
        this.name = name;
        this.shapeDtype = shapeDtype;
        long size = shapeDtype.shape().size() * shapeDtype.bytesPerElement();
        this.tensor =
                TF_Tensor.allocateTensor(shapeDtype.number(), shapeDtype.shape().asArray(), size);
        this.bytes = new BytePointer(tensorflow.TF_TensorData(tensor))
                .capacity(size)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
        this.floats = bytes.asFloatBuffer();
    }

    /** @param name of the placeholder in the graph */
    public static Feed of(String name, ShapeDtype shapeDtype) {
        return new Feed(name, shapeDtype);
    }

    /** The placeholder, made in a graph. */
    public Operand<?> placeholder(Ops tf) {
        return shapeDtype.placeholder(tf.withName(name));
    }

    /** Writes a scalar. */
    public void set(float value) {
        bytes.putFloat(0, value);
    }

    /** Writes all values, in row-major order, from {@code source} at {@code offset}. */
    public void set(float[] source, int offset) {
        floats.put(0, source, offset, floats.capacity());
    }

    /** Writes {@code length} bytes from {@code source} at {@code offset}, to {@code position} of the tensor. */
    public void set(byte[] source, int offset, int position, int length) {
        bytes.put(position, source, offset, length);
    }

    String name() {
        return name;
    }

    TF_Tensor tensor() {
        return tensor;
    }

    @Override
    public void close() {
        tensor.delete();
    }
}
