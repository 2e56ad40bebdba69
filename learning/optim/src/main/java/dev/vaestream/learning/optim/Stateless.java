package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** {@code optax.stateless_with_tree_map}: each array's update depends on its gradient and its parameter alone. */
record Stateless(Rule rule) implements Leafwise {
    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.empty();
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {
        return new Update(updates.map(params, (update, param) -> rule.apply(tf, update, param)), state);
    }

    /** What it makes of one array. */
    @FunctionalInterface
    interface Rule {
        Operand<TFloat32> apply(Ops tf, Operand<TFloat32> update, Operand<TFloat32> param);
    }
}
