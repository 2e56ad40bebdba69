package dev.vaestream.vae;

import static dev.vaestream.learning.tracing.Operands.floats;

import dev.vaestream.learning.nn.Module;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Jit;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** What stands for Python's eager calls on {@code docs/from-the-post.md}. */
final class PostHelpers {
    private PostHelpers() {}

    // cell helpers
    /** model.apply(variables, x, rngs=rngs) on arrays of the host. */
    static Array apply(
            Module<Operand<TFloat32>, Operand<TFloat32>> model,
            Tree<Array.Floats> variables,
            Map<String, PrngKey> rngs,
            Array x) {
        try (Jit jit = Jit.of((tf, given) -> Tree.leaf(model.apply(
                tf, floats(given.get("variables")), rngs, floats(given.get("x").value()))))) {
            return jit.call(Tree.dict(Map.of("variables", variables.map(array -> array), "x", Tree.leaf(x))))
                    .value();
        }
    }

    /** jnp.zeros(shape), of which init needs only the shape. */
    static Function<Ops, Operand<TFloat32>> zeros(long... shape) {
        return tf -> tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape)));
    }

    /** The second half of the n-th split of a chain "key, subkey = split(key)". */
    static PrngKey subkey(long seed, int n) {
        PrngKey key = PrngKey.of(seed);
        for (int i = 1; i < n; i++) {
            key = key.split().first();
        }
        return key.split().second();
    }
    // end
}
