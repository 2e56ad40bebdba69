package dev.vaestream.learning.nn;

import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Jit;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Calls modules on arrays of the host. */
final class Trial {
    static final Tree<Array.Floats> EMPTY = Tree.dict(Map.of("params", Tree.dict(Map.of())));

    private Trial() {}

    static Array.Floats apply(
            Module<Operand<TFloat32>, Operand<TFloat32>> module, Tree<Array.Floats> variables, Array.Floats x) {
        return apply(module, variables, Map.of(), x);
    }

    static Array.Floats apply(
            Module<Operand<TFloat32>, Operand<TFloat32>> module,
            Tree<Array.Floats> variables,
            Map<String, PrngKey> rngs,
            Array.Floats x) {
        return call(variables, x, (tf, given, input) -> module.apply(tf, given, rngs, Operands.floats(input)));
    }

    static Array.Floats call(Tree<Array.Floats> variables, Array input, Body body) {
        Tree<Array> arguments = Tree.sequence(List.of(Tree.widen(variables), Tree.leaf(input)));
        try (Jit jit = Jit.of((tf, given) -> Tree.leaf(
                body.call(tf, Operands.floats(given.get(0)), given.get(1).value())))) {
            return (Array.Floats) jit.call(arguments).value();
        }
    }

    static Function<Ops, Operand<TFloat32>> example(long... shape) {
        return tf -> Operands.floats(ShapeDtype.floats(Shape.of(shape)).placeholder(tf));
    }

    static Tree<Array.Floats> params(Map<String, Array.Floats> byPath) {
        return Tree.dict(Map.of("params", Tree.ofPaths(byPath)));
    }

    static Array.Floats filled(Shape shape) {
        Array.Floats ones = Array.zeros(shape);
        Arrays.fill(ones.values(), 1);
        return ones;
    }

    @FunctionalInterface
    interface Body {
        Operand<TFloat32> call(Ops tf, Tree<Operand<TFloat32>> variables, Operand<?> input);
    }
}
