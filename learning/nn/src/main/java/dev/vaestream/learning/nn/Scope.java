package dev.vaestream.learning.nn;

import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A place in the tree of modules while it is traced: names submodules and finds parameters.
 *
 * <p>Names are Flax's: a submodule without a name is {@code Dense_0}, {@code Dense_1}, … by its class and turn; a named
 * one keeps its name, and has the same parameters wherever it is called by that name.
 */
public final class Scope {
    /** The collection that holds a model's parameters. */
    public static final String PARAMS = "params";

    private final Ops tf;
    private final Params params;
    private final Rngs rngs;
    private final List<String> path;
    private final Map<String, Integer> turns = new HashMap<>();

    Scope(Ops tf, Params params, Rngs rngs) {
        this(tf, params, rngs, List.of());
    }

    private Scope(Ops tf, Params params, Rngs rngs, List<String> path) {
        this.tf = tf;
        this.params = params;
        this.rngs = rngs;
        this.path = path;
    }

    /**
     * The scope of a model with its parameters: {@code model.apply(variables, …)}.
     *
     * @param variables as {@code init} made them, {@code {params: {…}}}
     */
    public static Scope apply(Ops tf, Tree<Operand<TFloat32>> variables) {
        return apply(tf, variables, Map.of());
    }

    /**
     * The same with streams of keys for what is random: {@code model.apply(variables, …, rngs=…)}.
     *
     * @param rngs a key for each stream, as {@code dropout}
     */
    public static Scope apply(Ops tf, Tree<Operand<TFloat32>> variables, Map<String, PrngKey> rngs) {
        return new Scope(tf, new GivenParams(variables.get(PARAMS).byPath()), new Rngs(rngs));
    }

    public Ops tf() {
        return tf;
    }

    /** Calls a submodule named by its class and turn. */
    public <I, O> O call(Module<I, O> module, I input) {
        String type = module.getClass().getSimpleName();
        int turn = turns.merge(type, 1, Integer::sum) - 1;
        return call(type + "_" + turn, module, input);
    }

    /** Calls a submodule by its name. */
    public <I, O> O call(String name, Module<I, O> module, I input) {
        return module.call(new Scope(tf, params, rngs, below(name)), input);
    }

    /**
     * A parameter of this scope's module.
     *
     * @throws ParamNotFoundException where it was not given
     * @throws ParamShapeException where it was given in another shape
     */
    public Operand<TFloat32> param(String name, Initializer initializer, Shape shape) {
        return params.get(below(name), initializer, shape);
    }

    /**
     * The next key of a stream at this place: a new one each time, and not the one of any other module.
     *
     * @throws InvalidRngException where neither this stream nor {@code params} was given
     */
    public PrngKey makeRng(String stream) {
        return rngs.next(stream, path);
    }

    private List<String> below(String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return below;
    }
}
