package dev.vaestream.learning.nn;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Makes each parameter when it is first asked for, from a key of its own; the graph sees only its shape. */
final class Initialization implements Params {
    private final Ops tf;
    private final Draws draws;
    private final Map<String, Array.Floats> values = new HashMap<>();

    Initialization(Ops tf, Draws draws) {
        this.tf = tf;
        this.draws = draws;
    }

    @Override
    public Operand<TFloat32> get(List<String> path, Initializer initializer, Shape shape) {
        String name = String.join(".", path);
        Array.Floats value = values.computeIfAbsent(name, made -> {
            List<String> scope = path.subList(0, path.size() - 1);
            return Array.of(shape, initializer.init(draws.known(Scope.PARAMS, scope), shape));
        });
        if (!value.shape().equals(shape)) {
            throw new ParamShapeException(name, shape, value.shape());
        }
        return Operands.floats(ShapeDtype.floats(shape).placeholder(tf));
    }

    Tree<Array.Floats> variables() {
        return Tree.dict(Map.of(Scope.PARAMS, Tree.ofPaths(values)));
    }
}
