package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * {@code optax.MultiSteps}: the mean of the gradients of k calls makes one update, the other calls make none. The inner
 * state, and with it every schedule, moves with the updates alone.
 *
 * <p>State: {@code mini_step}, {@code gradient_step}, {@code inner_opt_state}, {@code acc_grads}, and {@code skip_state},
 * which is empty since no call is skipped.
 *
 * @param everyK k for each count of updates, a whole number
 */
record MultiSteps(GradientTransformation inner, Schedule everyK) implements GradientTransformation {
    private static final String MINI_STEP = "mini_step";
    private static final String GRADIENT_STEP = "gradient_step";
    private static final String INNER = "inner_opt_state";
    private static final String ACCUMULATED = "acc_grads";
    private static final String SKIP = "skip_state";

    @Override
    public Tree<Array> init(Tree<Array.Floats> params) {
        return Tree.dict(Map.of(
                MINI_STEP, State.zero(),
                GRADIENT_STEP, State.zero(),
                INNER, inner.init(params),
                ACCUMULATED, State.zeros(params),
                SKIP, Tree.empty()));
    }

    @Override
    public Update update(
            Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params) {

        Operand<TInt32> miniStep = State.integer(state.get(MINI_STEP));
        Operand<TInt32> gradientStep = State.integer(state.get(GRADIENT_STEP));
        Operand<TInt32> k = tf.dtypes.cast(everyK.at(tf, gradientStep), TInt32.class);
        Operand<TInt32> next = tf.math.add(miniStep, tf.constant(1));
        Operand<TBool> emits = tf.math.greaterEqual(next, k);
        Operand<TFloat32> calls = tf.dtypes.cast(next, TFloat32.class);
        Tree<Operand<TFloat32>> mean = State.floats(state.get(ACCUMULATED))
                .map(updates, (acc, g) -> tf.math.add(acc, tf.math.div(tf.math.sub(g, acc), calls)));
        Update update = inner.update(tf, mean, state.get(INNER), params);
        return new Update(
                update.updates().map(u -> tf.select(emits, u, tf.zerosLike(u))),
                Tree.dict(Map.of(
                        MINI_STEP, Tree.leaf(tf.select(emits, tf.constant(0), next)),
                        GRADIENT_STEP, Tree.leaf(tf.select(emits, State.increment(tf, gradientStep), gradientStep)),
                        INNER, Select.either(tf, emits, update.state(), state.get(INNER)),
                        ACCUMULATED, mean.map(acc -> tf.select(emits, tf.zerosLike(acc), acc)),
                        SKIP, Tree.empty())));
    }

    @Override
    public boolean freezes(String path) {
        return inner.freezes(path);
    }

    @Override
    public boolean mixes(String path) {
        return inner.mixes(path);
    }

    @Override
    public Optional<Operand<TFloat32>> learningRate(Ops tf, Tree<Operand<?>> state) {
        return inner.learningRate(tf, state.get(INNER));
    }
}
