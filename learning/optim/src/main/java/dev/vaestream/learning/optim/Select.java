package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Tree;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TType;

/** One of two states. */
final class Select {
    private Select() {}

    static Tree<Operand<?>> either(
            Ops tf, Operand<TBool> condition, Tree<Operand<?>> then, Tree<Operand<?>> otherwise) {
        return then.map(otherwise, (a, b) -> either(tf, condition, a.asOutput(), b.asOutput()));
    }

    /** Both have the same type, which the graph checks. */
    @SuppressWarnings("unchecked")
    private static <T extends TType> Operand<?> either(
            Ops tf, Operand<TBool> condition, Operand<?> then, Operand<?> otherwise) {
        return tf.select(condition, (Operand<T>) then, (Operand<T>) otherwise);
    }
}
