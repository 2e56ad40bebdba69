package dev.vaestream.learning.nn;

import dev.vaestream.learning.random.PrngKey;
import org.tensorflow.ndarray.Shape;

/** Makes the first values of a parameter, in row-major order. */
@FunctionalInterface
public interface Initializer {
    float[] init(PrngKey key, Shape shape);
}
