package dev.vaestream.learning.nn;

import dev.vaestream.learning.tracing.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A module with its parameters, {@code module.bind(variables)}, for calls and methods without naming them each time.
 * Belongs to the graph that it was bound in.
 */
public final class Bound<I, O> {
    private final Module<I, O> module;
    private final Tracing tracing;
    private final List<String> path;
    private final Tree<Operand<TFloat32>> variables;

    Bound(Module<I, O> module, Tracing tracing, List<String> path, Tree<Operand<TFloat32>> variables) {
        this.module = module;
        this.tracing = tracing;
        this.path = path;
        this.variables = variables;
    }

    /** {@code bound(input)}. */
    public O call(I input) {
        return module.call(scope(), input);
    }

    /** {@code bound.method(…)}, as {@code bound.call(scope -> vae.decode(scope, z, c))}. */
    public <R> R callMethod(Function<Scope, R> method) {
        return method.apply(scope());
    }

    /**
     * {@code bound.encoder}: a submodule with its part of the parameters.
     *
     * @param name that the module calls it by, as {@code encoder} or {@code Dense_0}
     * @throws dev.vaestream.learning.tracing.TreeMismatchException where there are no parameters by that name
     */
    public <J, P> Bound<J, P> submodule(String name, Module<J, P> submodule) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        Tree<Operand<TFloat32>> part =
                Tree.dict(Map.of(Scope.PARAMS, variables.get(Scope.PARAMS).get(name)));
        return new Bound<>(submodule, tracing, below, part);
    }

    /** {@code bound.unbind()}: the module, and the parameters that are its own. */
    public Unbound<I, O> unbind() {
        return new Unbound<>(module, variables);
    }

    private Scope scope() {
        return new Scope(tracing, path);
    }

    /** A module beside its parameters. */
    public record Unbound<I, O>(Module<I, O> module, Tree<Operand<TFloat32>> variables) {}
}
