package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** {@code optax.named_chain}: {@code chain} whose states have names. */
record NamedChain(SortedMap<String, Integer> order, List<GradientTransformation> transformations)
        implements GradientTransformation {
    NamedChain {
        order = Collections.unmodifiableSortedMap(new TreeMap<>(order));
        transformations = List.copyOf(transformations);
    }

    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        Map<String, Tree<Array>> states = new TreeMap<>();
        order.forEach(
                (name, index) -> states.put(name, transformations.get(index).init(params)));
        return Tree.dict(states);
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {
        List<Tree<Operand<?>>> given = new ArrayList<>(Collections.nCopies(order.size(), Tree.empty()));
        order.forEach((name, index) -> given.set(index, state.get(name)));
        Update update = new Chain(transformations).update(tf, updates, Tree.sequence(given), params);
        Map<String, Tree<Operand<?>>> states = new TreeMap<>();
        order.forEach((name, index) -> states.put(name, update.state().get(index)));
        return new Update(update.updates(), Tree.dict(states));
    }

    @Override
    public boolean freezes(String path) {
        return new Chain(transformations).freezes(path);
    }

    @Override
    public boolean mixes(String path) {
        return new Chain(transformations).mixes(path);
    }

    @Override
    public Optional<Operand<TFloat32>> learningRate(Ops tf, Tree<Operand<?>> state) {
        return order.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(link -> transformations.get(link.getValue()).learningRate(tf, state.get(link.getKey())))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
