package dev.vaestream.learning.nn;

import dev.vaestream.learning.optim.GradientTransformation;
import dev.vaestream.learning.optim.Optimizers;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code flax.training.train_state.TrainState}: what a step takes and returns, as one tree, with the optimizer beside it.
 * Immutable.
 *
 * @param tx the optimizer; no leaf
 * @param step calls of {@link #applyGradients} so far
 * @param params differentiate by these, not by the whole state: a step count has no gradient
 * @param extra fields of one's own, a dictionary
 * @param <T> arrays on the host, operands in a graph
 */
public record TrainState<T>(GradientTransformation tx, Tree<T> step, Tree<T> params, Tree<T> optState, Tree<T> extra) {
    private static final String STEP = "step";
    private static final String PARAMS = "params";
    private static final String OPT_STATE = "opt_state";

    /** @throws IllegalArgumentException where extra is no dictionary, or has a field of that name already */
    public TrainState {
        if (!(extra instanceof Tree.Dict<T> fields)) {
            throw new IllegalArgumentException("extra must be a dictionary of fields, not " + extra.describe());
        }
        for (String name : List.of(STEP, PARAMS, OPT_STATE)) {
            if (fields.children().containsKey(name)) {
                throw new IllegalArgumentException(
                        "extra has a field '" + name + "', which the state has already; take another name");
            }
        }
    }

    /** {@code TrainState.create(params, tx)}: step 0 and the optimizer's first state. */
    public static TrainState<Array> create(Tree<Array.Floats> params, GradientTransformation tx) {
        return create(params, tx, Map.of());
    }

    /** The same with extra fields. */
    public static TrainState<Array> create(
            Tree<Array.Floats> params, GradientTransformation tx, Map<String, Tree<Array>> extra) {
        return new TrainState<>(
                tx, Tree.leaf(Array.of(Shape.scalar(), 0)), Tree.widen(params), tx.init(params), Tree.dict(extra));
    }

    /**
     * {@code state.replace(name=value)}, or {@code apply_gradients(grads=…, name=value)} after {@link #applyGradients}: the same
     * state with an extra field set, a new one or one that there is.
     *
     * @throws IllegalArgumentException for {@code step}, {@code params} and {@code opt_state}, which are no extra fields
     */
    public TrainState<T> withExtra(String name, Tree<T> value) {
        Map<String, Tree<T>> fields = new HashMap<>(((Tree.Dict<T>) extra).children());
        fields.put(name, value);
        return new TrainState<>(tx, step, params, optState, Tree.dict(fields));
    }

    /** All leaves as one dictionary, to go into a graph or a file. */
    public Tree<T> tree() {
        Map<String, Tree<T>> fields = new HashMap<>(((Tree.Dict<T>) extra).children());
        fields.put(STEP, step);
        fields.put(PARAMS, params);
        fields.put(OPT_STATE, optState);
        return Tree.dict(fields);
    }

    /** The opposite of {@link #tree}, with the same optimizer. */
    public <U> TrainState<U> withTree(Tree<U> tree) {
        Map<String, Tree<U>> others = new HashMap<>();
        ((Tree.Dict<T>) extra).children().keySet().forEach(name -> others.put(name, tree.get(name)));
        return new TrainState<>(tx, tree.get(STEP), tree.get(PARAMS), tree.get(OPT_STATE), Tree.dict(others));
    }

    /**
     * {@code state.apply_gradients(grads)}: one call of the optimizer, its updates added, the step counted. Extra fields
     * stay; see {@link #withExtra}.
     *
     * @param grads shaped as the parameters
     */
    public static TrainState<Operand<?>> applyGradients(
            Ops tf, TrainState<Operand<?>> state, Tree<Operand<TFloat32>> grads) {
        Tree<Operand<TFloat32>> params = Operands.floats(state.params);
        GradientTransformation.Update update = state.tx.update(tf, grads, state.optState, params);
        return new TrainState<>(
                state.tx,
                Tree.leaf(tf.math.add(Operands.ints(state.step.value()), tf.constant(1))),
                Operands.any(Optimizers.applyUpdates(tf, params, update.updates())),
                update.state(),
                state.extra);
    }
}
