package dev.vaestream.learning.nn;

import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.ShapeDtype;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Parameters without values, for who looks at a model's shapes. */
record ShapesOnly(Ops tf) implements Params {
    @Override
    public Operand<TFloat32> get(List<String> path, Initializer initializer, Shape shape) {
        return Operands.floats(ShapeDtype.floats(shape).placeholder(tf));
    }
}
