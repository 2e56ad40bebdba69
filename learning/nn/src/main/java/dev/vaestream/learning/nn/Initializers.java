package dev.vaestream.learning.nn;

import dev.vaestream.learning.random.PrngKey;
import org.tensorflow.ndarray.Shape;

/** {@code flax.linen.initializers}. */
public final class Initializers {
    /** Standard deviation of N(0, 1) cut to (-2, 2). */
    private static final float TRUNCATED_STANDARD_DEVIATION = 0.8796257f;

    private Initializers() {}

    public static float[] zeros(PrngKey key, Shape shape) {
        return new float[size(shape)];
    }

    /**
     * Normal with variance 1 / fan-in, cut at two standard deviations before it is scaled back to that variance.
     *
     * @param shape fan-in is the axis before the last, times all before it
     * @throws IllegalArgumentException for shapes with fewer than two axes, which have no fan-in
     */
    public static float[] lecunNormal(PrngKey key, Shape shape) {
        if (shape.numDimensions() < 2) {
            throw new IllegalArgumentException("Can't compute input and output sizes of a " + shape.numDimensions()
                    + "-dimensional weights tensor. Must be at least 2D.");
        }
        double fanIn = (double) shape.size() / shape.get(shape.numDimensions() - 1);
        float scale = (float) Math.sqrt(1 / fanIn) / TRUNCATED_STANDARD_DEVIATION;
        float[] values = key.truncatedNormal(size(shape), -2, 2);
        for (int i = 0; i < values.length; i++) {
            values[i] *= scale;
        }
        return values;
    }

    private static int size(Shape shape) {
        return Math.toIntExact(shape.size());
    }
}
