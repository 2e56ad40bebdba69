package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** {@code optax.stateless}: an update that depends on the gradients and the parameters alone. */
record Stateless(Rule rule) implements GradientTransformation {
    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.empty();
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {
        return new Update(rule.apply(tf, updates, params), state);
    }

    /** What it makes of a tree of updates. */
    @FunctionalInterface
    interface Rule {
        Tree<Operand<TFloat32>> apply(Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<TFloat32>> params);
    }

    /** A rule for each array by itself. */
    static Stateless each(LeafRule rule) {
        return new Stateless((tf, updates, params) -> updates.map(update -> rule.apply(tf, update)));
    }

    /** What it makes of one array. */
    @FunctionalInterface
    interface LeafRule {
        Operand<TFloat32> apply(Ops tf, Operand<TFloat32> update);
    }
}
