package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * {@code optax.apply_if_finite}: no update, and the inner state kept, while a gradient is infinite or not a number, until
 * that has happened more than {@code maxConsecutiveErrors} times in a row.
 *
 * <p>State: {@code notfinite_count}, {@code last_finite} (0 or 1), {@code total_notfinite}, {@code inner_state}.
 */
record ApplyIfFinite(GradientTransformation inner, int maxConsecutiveErrors) implements GradientTransformation {
    private static final String COUNT = "notfinite_count";
    private static final String LAST = "last_finite";
    private static final String TOTAL = "total_notfinite";
    private static final String INNER = "inner_state";

    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.dict(Map.of(
                COUNT, State.zero(),
                LAST, Tree.leaf(Array.of(Shape.scalar(), 1)),
                TOTAL, State.zero(),
                INNER, inner.init(params)));
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {

        Operand<TBool> finite = finite(tf, updates);
        Operand<TInt32> errors =
                tf.select(finite, tf.constant(0), State.increment(tf, State.integer(state.get(COUNT))));
        Operand<TInt32> total = State.integer(state.get(TOTAL));
        Operand<TBool> applies = tf.math.logicalOr(finite, tf.math.greater(errors, tf.constant(maxConsecutiveErrors)));
        Update update = inner.update(tf, updates, state.get(INNER), params);
        return new Update(
                update.updates().map(u -> tf.select(applies, u, tf.zerosLike(u))),
                Tree.dict(Map.of(
                        COUNT, Tree.leaf(errors),
                        LAST, Tree.leaf(tf.dtypes.cast(finite, TInt32.class)),
                        TOTAL, Tree.leaf(tf.select(finite, total, State.increment(tf, total))),
                        INNER, Select.either(tf, applies, update.state(), state.get(INNER)))));
    }

    private static Operand<TBool> finite(Ops tf, Tree<Operand<TFloat32>> updates) {
        Operand<TBool> all = tf.constant(true);
        for (Operand<TFloat32> update : updates.leaves()) {
            Operand<TBool> each = tf.math.isFinite(update);
            all = tf.math.logicalAnd(all, tf.reduceAll(each, tf.range(tf.constant(0), tf.rank(each), tf.constant(1))));
        }
        return all;
    }

    @Override
    public Optional<Operand<TFloat32>> learningRate(Ops tf, Tree<Operand<?>> state) {
        return inner.learningRate(tf, state.get(INNER));
    }
}
