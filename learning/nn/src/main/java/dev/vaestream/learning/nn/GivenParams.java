package dev.vaestream.learning.nn;

import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Parameters that a caller brings. */
record GivenParams(Map<String, Operand<TFloat32>> byPath) implements Params {
    @Override
    public Operand<TFloat32> get(List<String> path, Initializer initializer, Shape shape) {
        String name = String.join(".", path);
        Operand<TFloat32> param = byPath.get(name);
        if (param == null) {
            throw new ParamNotFoundException(name, byPath.keySet());
        }
        if (!param.shape().equals(shape)) {
            throw new ParamShapeException(name, shape, param.shape());
        }
        return param;
    }
}
