package dev.vaestream.learning.nn;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Parameters that a caller brings. */
final class GivenParams implements Params {
    private final Map<String, Operand<TFloat32>> byPath;
    private final Set<String> unused;

    GivenParams(Map<String, Operand<TFloat32>> byPath) {
        this.byPath = byPath;
        this.unused = new HashSet<>(byPath.keySet());
    }

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
        unused.remove(name);
        return param;
    }

    /** @throws ExtraParamsException where a parameter was not asked for */
    void requireAllUsed() {
        if (!unused.isEmpty()) {
            throw new ExtraParamsException(unused);
        }
    }
}
