package dev.vaestream.learning.nn;

import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/**
 * {@code flax.linen.Module}: a function of parameters and an input, without the parameters.
 *
 * @param <I> input
 * @param <O> output
 */
@FunctionalInterface
public interface Module<I, O> {
    /** What Flax calls {@code __call__}: traces the module, with parameters and submodules from {@code scope}. */
    O call(Scope scope, I input);

    /**
     * {@code module.init(key, example)}: the parameters, as {@code {params: {…}}}. Nothing is computed but them; of the
     * example only shapes matter.
     *
     * @param example makes an input of the right shape, placeholders for one
     */
    default Tree<Array.Floats> init(PrngKey key, Function<Ops, I> example) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Rngs rngs = new Rngs(Map.of(Scope.PARAMS, key));
            Initialization initialization = new Initialization(tf, rngs);
            call(new Scope(tf, initialization, rngs), example.apply(tf));
            return initialization.variables();
        }
    }
}
