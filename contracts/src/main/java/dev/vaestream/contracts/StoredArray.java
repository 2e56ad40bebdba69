package dev.vaestream.contracts;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An array as it is stored: row-major, little-endian.
 *
 * @param shape sizes of the axes; empty for a scalar
 */
public record StoredArray(DType dtype, List<Long> shape, ByteString data) {
    private static final int MAX_RANK = 8;

    public StoredArray {
        shape = List.copyOf(shape);
        Checks.check(shape.size() <= MAX_RANK, "rank is %d; it must be at most %d", shape.size(), MAX_RANK);
        long expected;
        try {
            expected = Math.multiplyExact(elements(shape), (long) dtype.bytes());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("shape " + shape + " is too large", e);
        }
        Checks.check(
                data.size() == expected, "%s of shape %s needs %d bytes, not %d", dtype, shape, expected, data.size());
    }

    public static StoredArray of(List<Long> shape, float[] values) {
        ByteBuffer bytes = littleEndian(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        return new StoredArray(DType.F32, shape, UnsafeByteOperations.unsafeWrap(bytes));
    }

    public static StoredArray of(List<Long> shape, int[] values) {
        ByteBuffer bytes = littleEndian(Integer.BYTES * values.length);
        bytes.asIntBuffer().put(values);
        return new StoredArray(DType.I32, shape, UnsafeByteOperations.unsafeWrap(bytes));
    }

    /** SHA-256 of its bytes. */
    public Sha256 digest() {
        return Sha256.of(data.asReadOnlyByteBuffer());
    }

    /** The number of elements. */
    public int size() {
        return data.size() / dtype.bytes();
    }

    public float[] floats() {
        requireType(DType.F32);
        float[] values = new float[size()];
        buffer().asFloatBuffer().get(values);
        return values;
    }

    public int[] ints() {
        requireType(DType.I32);
        int[] values = new int[size()];
        buffer().asIntBuffer().get(values);
        return values;
    }

    private void requireType(DType wanted) {
        Checks.check(dtype == wanted, "the array holds %s, not %s", dtype, wanted);
    }

    private ByteBuffer buffer() {
        return data.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long elements(List<Long> shape) {
        long elements = 1;
        for (long size : shape) {
            Checks.atLeast("axis", 0, size);
            // Empty axes must not hide an overflow of the others: native code multiplies them in its own order.
            elements = Math.multiplyExact(elements, Math.max(1, size));
        }
        return shape.contains(0L) ? 0 : elements;
    }
}
