package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code optax.partition}, once {@code multi_transform}: each parameter by the transformation of its label.
 *
 * <p>State: {@code inner_states} by label.
 */
record Partition(Map<String, GradientTransformation> transforms, Function<String, String> labels)
        implements GradientTransformation {
    private static final String INNER = "inner_states";

    Partition {
        transforms = Map.copyOf(transforms);
    }

    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        requireLabels(params);
        return Tree.dict(Map.of(INNER, Tree.dict(states(group -> group.init(params)))));
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {

        requireLabels(params);
        Tree<Operand<TFloat32>> current = updates;
        Map<String, Tree<Operand<?>>> states = new TreeMap<>();
        for (Map.Entry<String, Masked> group : groups().entrySet()) {
            Update update =
                    group.getValue().update(tf, current, state.get(INNER).get(group.getKey()), params);
            current = update.updates();
            states.put(group.getKey(), update.state());
        }
        return new Update(current, Tree.dict(Map.of(INNER, Tree.dict(states))));
    }

    @Override
    public boolean freezes(String path) {
        GradientTransformation transform = transforms.get(labels.apply(path));
        return transform != null && transform.freezes(path);
    }

    @Override
    public boolean mixes(String path) {
        GradientTransformation transform = transforms.get(labels.apply(path));
        return transform == null || transform.mixes(path);
    }

    private Map<String, Tree<Array>> states(Function<Masked, Tree<Array>> init) {
        Map<String, Tree<Array>> states = new TreeMap<>();
        groups().forEach((label, group) -> states.put(label, init.apply(group)));
        return states;
    }

    private Map<String, Masked> groups() {
        Map<String, Masked> groups = new TreeMap<>();
        transforms.forEach((label, transform) -> groups.put(
                label, new Masked(transform, path -> labels.apply(path).equals(label))));
        return groups;
    }

    private void requireLabels(Tree<?> params) {
        for (String path : params.byPath().keySet()) {
            if (!transforms.containsKey(labels.apply(path))) {
                throw new IllegalArgumentException("parameter '%s' has label '%s'; there are transformations for %s"
                        .formatted(path, labels.apply(path), new TreeSet<>(transforms.keySet())));
            }
        }
    }

    @Override
    public Optional<Operand<TFloat32>> learningRate(Ops tf, Tree<Operand<?>> state) {
        return groups().entrySet().stream()
                .map(group -> group.getValue().learningRate(tf, state.get(INNER).get(group.getKey())))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
