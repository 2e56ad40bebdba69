package dev.vaestream.learning.nn;

import dev.vaestream.learning.tracing.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A place in the tree of modules while it is traced: names submodules and finds parameters.
 *
 * <p>Names are Flax's. A submodule without a name is {@code Dense_0}, {@code Dense_1}, … by its class and turn, as in a
 * compact module; the same instance called again keeps its name. One with a name keeps it, as an attribute of
 * {@code setup} does, and has the same parameters wherever it is called by that name.
 */
public final class Scope {
    /** The collection that holds a model's parameters. */
    public static final String PARAMS = "params";

    private final Tracing tracing;
    private final List<String> path;
    private final Names names;

    Scope(Tracing tracing) {
        this(tracing, List.of());
    }

    Scope(Tracing tracing, List<String> path) {
        this.tracing = tracing;
        this.path = path;
        this.names = new Names(path);
    }

    /**
     * The scope of a model with its parameters, for a method that needs part of them:
     * {@code model.apply(variables, …, method=model.decode)} is {@code model.decode(Scope.of(tf, variables), …)}.
     *
     * @param variables as {@code init} made them, {@code {params: {…}}}
     */
    public static Scope of(Ops tf, Tree<Operand<TFloat32>> variables) {
        return of(tf, variables, Rngs.of(Map.of()));
    }

    /** The same with a key for each stream, as {@code dropout}. */
    public static Scope of(Ops tf, Tree<Operand<TFloat32>> variables, Rngs rngs) {
        return new Scope(new Tracing(tf, given(variables), new Draws(rngs)));
    }

    static GivenParams given(Tree<Operand<TFloat32>> variables) {
        return new GivenParams(variables.get(PARAMS).byPath());
    }

    /** Where the operations go that a module traces. */
    public Ops tf() {
        return tracing.tf();
    }

    /**
     * Calls a submodule named by its class and turn.
     *
     * @throws IllegalArgumentException where it is a lambda, which has no name
     */
    public <I, O> O call(Module<I, O> module, I input) {
        return call(below(names.automatic(module)), module, input);
    }

    /**
     * Calls a submodule by its name.
     *
     * @throws NameInUseException where a parameter or another module has the name
     */
    public <I, O> O call(String name, Module<I, O> module, I input) {
        return call(below(names.given(name, module)), module, input);
    }

    /**
     * Calls another method of a submodule than its {@code call}, as {@code scope.callMethod("embed", embed, inner ->
     * embed.attend(inner, query))}.
     *
     * @throws NameInUseException where a parameter or another module has the name
     */
    public <R> R callMethod(String name, Module<?, ?> module, Function<Scope, R> method) {
        List<String> below = below(names.given(name, module));
        return tracing.calls().record(below, module, () -> method.apply(new Scope(tracing, below)));
    }

    /**
     * A parameter of this scope's module.
     *
     * @throws NameInUseException where the module has another parameter or a submodule by that name
     * @throws ParamNotFoundException where it was not given
     * @throws ParamShapeException where it was given in another shape
     */
    public Operand<TFloat32> param(String name, Initializer initializer, Shape shape) {
        names.param(name);
        tracing.calls().param(below(name), shape);
        return tracing.params().get(below(name), initializer, shape);
    }

    /**
     * The next key of a stream at this place: a new one each time, and not the one of any other module.
     *
     * @throws InvalidRngException where neither this stream nor {@code params} was given
     */
    public TracedKey makeRng(String stream) {
        return tracing.draws().next(tracing.tf(), stream, path);
    }

    private <I, O> O call(List<String> below, Module<I, O> module, I input) {
        return tracing.calls().record(below, module, input, () -> module.call(new Scope(tracing, below), input));
    }

    private List<String> below(String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return List.copyOf(below);
    }
}
