package dev.vaestream.learning.nn;

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
    private final List<String> path;
    private final Map<String, Integer> turns = new HashMap<>();

    Scope(Ops tf, Params params) {
        this(tf, params, List.of());
    }

    private Scope(Ops tf, Params params, List<String> path) {
        this.tf = tf;
        this.params = params;
        this.path = path;
    }

    /**
     * The scope of a model with its parameters: {@code model.apply(variables, …)}.
     *
     * @param variables as {@code init} made them, {@code {params: {…}}}
     */
    public static Scope apply(Ops tf, Tree<Operand<TFloat32>> variables) {
        return new Scope(tf, new GivenParams(variables.get(PARAMS).byPath()));
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
        return module.call(new Scope(tf, params, below(name)), input);
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

    private List<String> below(String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return below;
    }
}
