package dev.vaestream.learning.nn;

import org.tensorflow.ndarray.Shape;

/** A parameter has another shape than its module needs for this input. */
public final class ParamShapeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ParamShapeException(String name, Shape needed, Shape given) {
        super("Parameter '" + name + "' must have shape " + needed + ", but has " + given);
    }
}
