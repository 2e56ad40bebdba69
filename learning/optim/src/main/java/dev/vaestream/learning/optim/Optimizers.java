package dev.vaestream.learning.optim;

import dev.vaestream.learning.tracing.Tree;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Optax's optimizers and what belongs to them, by their Optax names. */
public final class Optimizers {
    private Optimizers() {}

    /** {@code optax.chain}. Its state is the sequence of the transformations' states. */
    public static GradientTransformation chain(GradientTransformation... transformations) {
        return new Chain(List.of(transformations));
    }

    /**
     * {@code optax.adamw}: Adam whose weight decay is part of the update and so multiplied by the learning rate,
     * u = -lr · (m̂ / (√v̂ + ε) + wd · p).
     *
     * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter, Decoupled weight decay regularization</a>
     */
    public static GradientTransformation adamw(
            double learningRate, double b1, double b2, double eps, double weightDecay) {
        return chain(
                new ScaleByAdam(b1, b2, eps),
                new AddDecayedWeights(weightDecay),
                new ScaleByLearningRate(learningRate));
    }

    /** {@code optax.apply_updates}: p + u. */
    public static Tree<Operand<TFloat32>> applyUpdates(
            Ops tf, Tree<Operand<TFloat32>> params, Tree<Operand<TFloat32>> updates) {
        return params.map(updates, tf.math::add);
    }

    /** {@code optax.global_norm}: the Euclidean norm of all leaves together, a scalar. */
    public static Operand<TFloat32> globalNorm(Ops tf, Tree<Operand<TFloat32>> tree) {
        List<Operand<TFloat32>> halfSquares =
                tree.map(leaf -> (Operand<TFloat32>) tf.nn.l2Loss(leaf)).leaves();
        return tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(halfSquares)));
    }

    /** {@code optax.l2_loss}: ½(prediction - target)², elementwise. */
    public static Operand<TFloat32> l2Loss(Ops tf, Operand<TFloat32> predictions, Operand<TFloat32> targets) {
        return tf.math.mul(tf.constant(0.5f), tf.math.square(tf.math.sub(predictions, targets)));
    }
}
