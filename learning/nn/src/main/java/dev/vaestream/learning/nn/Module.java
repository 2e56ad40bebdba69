package dev.vaestream.learning.nn;

import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code flax.linen.Module}: a function of parameters and an input, without the parameters. A record of sizes and
 * functions makes a good one: it is equal to another with the same.
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
     * @return parameters by the paths of their modules, whose shapes each module's documentation gives
     */
    default Tree<Array.Floats> init(PrngKey key, Function<Ops, I> example) {
        return init(Map.of(Scope.PARAMS, key), example);
    }

    /**
     * The same with a key for each stream that the module draws from, {@code params} for its parameters.
     *
     * @throws InvalidRngException where it draws from another
     */
    default Tree<Array.Floats> init(Map<String, PrngKey> rngs, Function<Ops, I> example) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Draws draws = new Draws(Rngs.of(rngs));
            Initialization initialization = new Initialization(tf, draws);
            call(new Scope(new Tracing(tf, initialization, draws)), example.apply(tf));
            return initialization.variables();
        }
    }

    /**
     * {@code module.apply(variables, input)}. For another method of the module see {@link Scope#of}.
     *
     * @param variables as {@link #init} made them, {@code {params: {…}}}
     * @throws ParamNotFoundException where one is missing
     * @throws ParamShapeException where one has another shape
     * @throws ExtraParamsException where one is left over
     */
    default O apply(Ops tf, Tree<Operand<TFloat32>> variables, I input) {
        return apply(tf, variables, Rngs.of(Map.of()), input);
    }

    /**
     * The same with streams of keys for what is random: {@code module.apply(variables, input, rngs=…)}. They are part of the
     * graph, which makes the same draws in each call.
     *
     * @param rngs a key for each stream, as {@code dropout}
     */
    default O apply(Ops tf, Tree<Operand<TFloat32>> variables, Map<String, PrngKey> rngs, I input) {
        return apply(tf, variables, Rngs.of(rngs), input);
    }

    /** The same with keys that may be {@link Rngs#traced arguments of the graph}, which then draws anew in each call. */
    default O apply(Ops tf, Tree<Operand<TFloat32>> variables, Rngs rngs, I input) {
        GivenParams params = Scope.given(variables);
        O output = call(new Scope(new Tracing(tf, params, new Draws(rngs))), input);
        params.requireAllUsed();
        return output;
    }

    /** {@code module.bind(variables)}: the module with its parameters, to be called without naming them again. */
    default Bound<I, O> bind(Ops tf, Tree<Operand<TFloat32>> variables) {
        return bind(tf, variables, Rngs.of(Map.of()));
    }

    /** The same with streams of keys; each call draws further ones. */
    default Bound<I, O> bind(Ops tf, Tree<Operand<TFloat32>> variables, Rngs rngs) {
        return new Bound<>(this, new Tracing(tf, Scope.given(variables), new Draws(rngs)), List.of(), variables);
    }

    /** {@code module.tabulate(example)}: its modules, their inputs, outputs and parameters. Nothing is computed. */
    default Tabulation tabulate(Function<Ops, I> example) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            I input = example.apply(tf);
            // Whatever is drawn is not looked at.
            Rngs rngs = Rngs.of(Map.of(Scope.PARAMS, PrngKey.of(0)));
            Tracing tracing = new Tracing(tf, new ShapesOnly(tf), new Draws(rngs));
            tracing.calls().record(List.of(), this, input, () -> call(new Scope(tracing), input));
            return tracing.calls().tabulation();
        }
    }
}
