package dev.vaestream.learning.nn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Where a scope has its parameters from: made on the first call of a model, given on every other. */
interface Params {
    /** The parameter at {@code path}, whose last element is its name. */
    Operand<TFloat32> get(List<String> path, Initializer initializer, Shape shape);
}
