package dev.vaestream.learning.nn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Parameters without values, for who looks at a model's shapes. */
record ShapesOnly(Ops tf) implements Params {
    @Override
    public Operand<TFloat32> get(List<String> path, Initializer initializer, Shape shape) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    }
}
