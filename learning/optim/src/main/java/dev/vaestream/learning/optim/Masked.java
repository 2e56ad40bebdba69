package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code optax.masked}: the inner transformation for the parameters in the mask. All others' updates pass unchanged,
 * raw gradients too.
 *
 * <p>State: {@code inner_state}, with an empty node for each parameter that is left out.
 *
 * @param mask of parameters by their path
 */
record Masked(GradientTransformation inner, Predicate<String> mask) implements GradientTransformation {
    private static final String INNER = "inner_state";

    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.dict(Map.of(INNER, inner.init(only(params))));
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {

        Update masked = inner.update(tf, only(updates), state.get(INNER), only(params));
        Iterator<Operand<TFloat32>> changed = masked.updates().leaves().iterator();
        return new Update(
                updates.mapWithPath((path, update) -> mask.test(path) ? changed.next() : update),
                Tree.dict(Map.of(INNER, masked.state())));
    }

    @Override
    public boolean freezes(String path) {
        return mask.test(path) && inner.freezes(path);
    }

    @Override
    public boolean mixes(String path) {
        return mask.test(path) && inner.mixes(path);
    }

    /** With Optax's {@code MaskedNode}, which has no leaves, where a parameter is left out. */
    private <T> Tree<T> only(Tree<T> tree) {
        return tree.flatMap((path, leaf) -> mask.test(path) ? Tree.leaf(leaf) : Tree.empty());
    }

    @Override
    public Optional<Operand<TFloat32>> learningRate(Ops tf, Tree<Operand<?>> state) {
        return inner.learningRate(tf, state.get(INNER));
    }
}
