package dev.vaestream.learning.nn;

import dev.vaestream.learning.random.PrngKey;
import java.util.Locale;
import org.tensorflow.ndarray.Shape;

/**
 * {@code variance_scaling}: values with mean 0 and variance scale / n, where n counts a unit's inputs, its outputs, or
 * the mean of both.
 *
 * <p>A unit has as many inputs as the in-axis is long, times all axes but these two; likewise outputs.
 *
 * @param inAxis from the end where negative; -2 in Flax's layers
 * @param outAxis likewise; -1 in most
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al., Delving deep into rectifiers</a>
 */
public record VarianceScaling(double scale, Mode mode, Distribution distribution, int inAxis, int outAxis)
        implements Initializer {
    /** Standard deviation of N(0, 1) cut to (-2, 2). */
    private static final float TRUNCATED_STANDARD_DEVIATION = 0.8796257f;

    /** What the variance is divided by. */
    public enum Mode {
        FAN_IN,
        FAN_OUT,
        FAN_AVG
    }

    /** How values lie around 0. */
    public enum Distribution {
        NORMAL,
        /** Normal, cut at two standard deviations before it is scaled back to its variance. */
        TRUNCATED_NORMAL,
        UNIFORM
    }

    public VarianceScaling {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("scale is " + scale + "; it must be more than 0");
        }
    }

    /** With the axes of a kernel (…, in, out). */
    public VarianceScaling(double scale, Mode mode, Distribution distribution) {
        this(scale, mode, distribution, -2, -1);
    }

    /** @throws IllegalArgumentException for shapes with fewer than two axes, which have no inputs and outputs */
    @Override
    public float[] init(PrngKey key, Shape shape) {
        double variance = scale / fan(shape);
        int size = Math.toIntExact(shape.size());
        return switch (distribution) {
            case NORMAL -> scaled(key.normal(size), (float) Math.sqrt(variance));
            case TRUNCATED_NORMAL ->
                scaled(key.truncatedNormal(size, -2, 2), (float) Math.sqrt(variance) / TRUNCATED_STANDARD_DEVIATION);
            case UNIFORM -> scaled(key.uniform(size, -1, 1), (float) Math.sqrt(3 * variance));
        };
    }

    private double fan(Shape shape) {
        int axes = shape.numDimensions();
        if (axes < 2) {
            throw new IllegalArgumentException(
                    "Can't compute input and output sizes of a %d-dimensional weights tensor. Must be at least 2D."
                            .formatted(axes));
        }
        double in = shape.get(Math.floorMod(inAxis, axes));
        double out = shape.get(Math.floorMod(outAxis, axes));
        double field = shape.size() / in / out;
        return switch (mode) {
            case FAN_IN -> in * field;
            case FAN_OUT -> out * field;
            case FAN_AVG -> (in + out) * field / 2;
        };
    }

    static float[] scaled(float[] values, float factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return values;
    }

    @Override
    public String toString() {
        return "varianceScaling(%s, %s, %s)".formatted(scale, lower(mode), lower(distribution));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
