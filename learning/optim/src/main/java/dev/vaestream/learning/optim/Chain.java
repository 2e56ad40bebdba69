package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** {@code optax.chain}: transformations one after another, from the first to the last. */
record Chain(List<GradientTransformation> transformations) implements GradientTransformation {
    Chain {
        transformations = List.copyOf(transformations);
    }

    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.sequence(transformations.stream()
                .map(transformation -> transformation.init(params))
                .toList());
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {
        if (!(state instanceof Tree.Sequence<?> given && given.children().size() == transformations.size())) {
            throw new IllegalArgumentException(
                    "The chain has %d transformations, but its state is %s; take one from init"
                            .formatted(transformations.size(), state.describe()));
        }
        List<Tree<Operand<?>>> states = new ArrayList<>();
        Tree<Operand<TFloat32>> current = updates;
        for (GradientTransformation transformation : transformations) {
            Update update = transformation.update(tf, current, state.get(states.size()), params);
            states.add(update.state());
            current = update.updates();
        }
        return new Update(current, Tree.sequence(states));
    }

    @Override
    public boolean freezes(String path) {
        return !transformations.isEmpty()
                && transformations.get(transformations.size() - 1).freezes(path)
                && !mixes(path);
    }

    /** After a link that freezes it, its update is zero, and tells no further link anything. */
    @Override
    public boolean mixes(String path) {
        for (GradientTransformation transformation : transformations) {
            if (transformation.mixes(path)) {
                return true;
            }
            if (transformation.freezes(path)) {
                return false;
            }
        }
        return false;
    }

    @Override
    public Optional<Operand<TFloat32>> learningRate(Ops tf, Tree<Operand<?>> state) {
        return IntStream.range(0, transformations.size())
                .mapToObj(i -> transformations.get(i).learningRate(tf, state.get(i)))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
