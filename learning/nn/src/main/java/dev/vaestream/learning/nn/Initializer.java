package dev.vaestream.learning.nn;

import dev.vaestream.learning.random.PrngKey;
import org.tensorflow.ndarray.Shape;

/**
 * Makes the first values of a parameter: a pure function of key and shape. Those of {@link Initializers} are equal where
 * their arguments are, so modules that hold them can be compared.
 */
@FunctionalInterface
public interface Initializer {
    /** Values in row-major order, as many as the shape has elements. */
    float[] init(PrngKey key, Shape shape);
}
