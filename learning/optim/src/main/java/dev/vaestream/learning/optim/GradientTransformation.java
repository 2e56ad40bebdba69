package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code optax.GradientTransformation}: two pure functions.
 *
 * <p>Trees of gradients, updates and parameters all have the parameters' structure; the state's structure is the
 * transformation's own.
 */
public interface GradientTransformation {
    /** The state before the first update. */
    Tree<Array> init(Tree<Array.Floats> params);

    /**
     * Traces one update.
     *
     * @param updates gradients, or what an earlier transformation made of them
     * @param state from {@link #init} or the update before
     * @throws dev.vaestream.learning.tracing.TreeMismatchException where a tree is shaped otherwise
     */
    Update update(Ops tf, Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state, Tree<Operand<TFloat32>> params);

    /**
     * Whether a parameter's gradient need not be computed: its update is zero whatever its gradient, and no other
     * parameter's update depends on it. Optax has no such question; where its moments of a frozen parameter average
     * gradients, ours average zeros, which nothing reads.
     *
     * @param path of the parameter, as {@code params.decoder.Dense_0.kernel}
     */
    default boolean freezes(String path) {
        return false;
    }

    /**
     * Whether another parameter's update may depend on this one's, as where all are scaled by the norm of all. A
     * transformation that does not know says yes, and gradients are computed for it that another might do without.
     *
     * @param path of the parameter
     */
    default boolean mixes(String path) {
        return true;
    }

    /**
     * The learning rate that the next update will use, a scalar: the schedule's value at the state's count; empty where
     * there is none. Of several, the first.
     *
     * @param state before that update
     */
    default Optional<Operand<TFloat32>> learningRate(Ops tf, Tree<Operand<?>> state) {
        return Optional.empty();
    }

    /** What an update returns. */
    record Update(Tree<Operand<TFloat32>> updates, Tree<Operand<?>> state) {}
}
