package dev.vaestream.learning.tracing;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Gives operands the element type that the graph says they have. */
public final class Operands {
    private Operands() {}

    /** @throws IllegalArgumentException where it holds anything but 32-bit floats */
    public static Operand<TFloat32> floats(Operand<?> operand) {
        return operand.asOutput().expect(TFloat32.class);
    }

    /** @throws IllegalArgumentException where it holds anything but 32-bit integers */
    public static Operand<TInt32> ints(Operand<?> operand) {
        return operand.asOutput().expect(TInt32.class);
    }

    /** @throws IllegalArgumentException where a leaf holds anything but 32-bit floats */
    public static Tree<Operand<TFloat32>> floats(Tree<Operand<?>> operands) {
        return operands.map(operand -> floats(operand));
    }

    /** The same tree, for trees that hold other types too. */
    public static Tree<Operand<?>> any(Tree<? extends Operand<?>> operands) {
        return Tree.widen(operands);
    }
}
