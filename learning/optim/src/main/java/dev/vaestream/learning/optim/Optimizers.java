package dev.vaestream.learning.optim;

import static dev.vaestream.learning.optim.Transforms.addDecayedWeights;
import static dev.vaestream.learning.optim.Transforms.chain;
import static dev.vaestream.learning.optim.Transforms.identity;
import static dev.vaestream.learning.optim.Transforms.masked;
import static dev.vaestream.learning.optim.Transforms.scaleByLearningRate;
import static dev.vaestream.learning.optim.Transforms.scaleByTrustRatio;
import static dev.vaestream.learning.optim.Transforms.trace;

import dev.vaestream.learning.tracing.Tree;
import java.util.List;
import java.util.function.Predicate;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Optax's optimizers, by their Optax names. Each takes its learning rate as a link of the chain, which is {@code
 * Transforms.scaleByLearningRate} of a number or of a schedule.
 */
public final class Optimizers {
    /** The threshold of Optax's {@code radam}. */
    private static final double RADAM_THRESHOLD = 5;

    private static final double B1 = 0.9;
    private static final double B2 = 0.999;
    private static final double EPS = 1e-8;
    private static final double WEIGHT_DECAY = 1e-4;

    private Optimizers() {}

    /** {@code optax.sgd(learning_rate)}. */
    public static GradientTransformation sgd(double learningRate) {
        return sgd(scaleByLearningRate(learningRate));
    }

    /** {@code optax.adam(learning_rate)}: b₁ 0.9, b₂ 0.999, ε 10⁻⁸. */
    public static GradientTransformation adam(double learningRate) {
        return adam(scaleByLearningRate(learningRate), B1, B2, EPS);
    }

    /** {@code optax.adam(schedule)}, with the same defaults; the schedule counts updates in the state. */
    public static GradientTransformation adam(Schedule learningRate) {
        return adam(scaleByLearningRate(learningRate), B1, B2, EPS);
    }

    /** {@code optax.adamw(learning_rate)}: Adam's defaults, and a decay of 10⁻⁴ for every parameter. */
    public static GradientTransformation adamw(double learningRate) {
        return adamw(learningRate, B1, B2, EPS, WEIGHT_DECAY);
    }

    /** {@code optax.adamw(schedule)}, with the same defaults. */
    public static GradientTransformation adamw(Schedule learningRate) {
        return adamw(scaleByLearningRate(learningRate), B1, B2, EPS, addDecayedWeights(WEIGHT_DECAY));
    }

    /** {@code optax.sgd} without momentum: -lr · g. */
    public static GradientTransformation sgd(GradientTransformation learningRate) {
        return chain(identity(), learningRate);
    }

    /** {@code optax.sgd}: -lr · t with t = g + momentum · t. */
    public static GradientTransformation sgd(GradientTransformation learningRate, double momentum, boolean nesterov) {
        return chain(trace(momentum, nesterov), learningRate);
    }

    /**
     * {@code optax.adam}: -lr · m̂ / (√v̂ + ε).
     *
     * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, Adam</a>
     */
    public static GradientTransformation adam(GradientTransformation learningRate, double b1, double b2, double eps) {
        return chain(new ScaleByAdam(b1, b2, eps, 0, false), learningRate);
    }

    /**
     * {@code optax.nadam}: Adam with Nesterov's look ahead.
     *
     * @see <a href="https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ">Dozat, Incorporating Nesterov momentum</a>
     */
    public static GradientTransformation nadam(GradientTransformation learningRate, double b1, double b2, double eps) {
        return chain(new ScaleByAdam(b1, b2, eps, 0, true), learningRate);
    }

    /**
     * {@code optax.adamw}: Adam whose weight decay is part of the update and so multiplied by the learning rate,
     * u = -lr · (m̂ / (√v̂ + ε) + wd · p).
     *
     * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter, Decoupled weight decay regularization</a>
     */
    public static GradientTransformation adamw(
            double learningRate, double b1, double b2, double eps, double weightDecay) {
        return adamw(scaleByLearningRate(learningRate), b1, b2, eps, addDecayedWeights(weightDecay));
    }

    /** {@code optax.adamw} with a decay of its own, {@link Transforms#addDecayedWeights masked} for one. */
    public static GradientTransformation adamw(
            GradientTransformation learningRate, double b1, double b2, double eps, GradientTransformation decay) {
        return chain(new ScaleByAdam(b1, b2, eps, 0, false), decay, learningRate);
    }

    /** {@code optax.amsgrad}: Adam whose v̂ never falls. */
    public static GradientTransformation amsgrad(
            GradientTransformation learningRate, double b1, double b2, double eps) {
        return chain(new ScaleByAmsgrad(b1, b2, eps), learningRate);
    }

    /** {@code optax.adamax}: Adam with the infinity norm. */
    public static GradientTransformation adamax(GradientTransformation learningRate, double b1, double b2, double eps) {
        return chain(new ScaleByAdamax(b1, b2, eps), learningRate);
    }

    /** {@code optax.radam}: Adam that waits until it knows the variance. */
    public static GradientTransformation radam(GradientTransformation learningRate, double b1, double b2, double eps) {
        return chain(new ScaleByRadam(b1, b2, eps, RADAM_THRESHOLD), learningRate);
    }

    /** {@code optax.adabelief}: Adam by the variance about the mean. */
    public static GradientTransformation adabelief(
            GradientTransformation learningRate, double b1, double b2, double eps, double epsRoot) {
        return chain(new ScaleByBelief(b1, b2, eps, epsRoot), learningRate);
    }

    /** {@code optax.rmsprop} without momentum: -lr · g / √(v + ε). */
    public static GradientTransformation rmsprop(GradientTransformation learningRate, double decay, double eps) {
        return chain(new ScaleByRms(decay, eps), learningRate, identity());
    }

    /** {@code optax.rmsprop} with momentum, after the learning rate. */
    public static GradientTransformation rmsprop(
            GradientTransformation learningRate, double decay, double eps, double momentum, boolean nesterov) {
        return chain(new ScaleByRms(decay, eps), learningRate, trace(momentum, nesterov));
    }

    /** {@code optax.adagrad}: -lr · g / √(Σg² + ε). */
    public static GradientTransformation adagrad(
            GradientTransformation learningRate, double initialAccumulatorValue, double eps) {
        return chain(new ScaleByRss(initialAccumulatorValue, eps), learningRate);
    }

    /** {@code optax.lion}: -lr · (sign((1-b₁)g + b₁m) + wd · p). */
    public static GradientTransformation lion(
            GradientTransformation learningRate, double b1, double b2, double weightDecay) {
        return chain(new ScaleByLion(b1, b2), addDecayedWeights(weightDecay), learningRate);
    }

    /** {@code optax.lamb}: Adam's direction and the decay, times the trust ratio of each array. */
    public static GradientTransformation lamb(
            GradientTransformation learningRate, double b1, double b2, double eps, double weightDecay) {
        return chain(
                new ScaleByAdam(b1, b2, eps, 0, false),
                addDecayedWeights(weightDecay),
                scaleByTrustRatio(1),
                learningRate);
    }

    /**
     * {@code optax.lars}: gradient and decay, times the trust ratio of each array, with momentum after the learning rate.
     *
     * @param decayed parameters that decay
     * @param trusted parameters that have the ratio
     */
    public static GradientTransformation lars(
            GradientTransformation learningRate,
            double weightDecay,
            Predicate<String> decayed,
            double trustCoefficient,
            Predicate<String> trusted,
            double momentum) {
        return chain(
                addDecayedWeights(weightDecay, decayed),
                masked(scaleByTrustRatio(trustCoefficient), trusted),
                learningRate,
                trace(momentum, false));
    }

    /** {@code optax.apply_updates}: p + u. */
    public static Tree<Operand<TFloat32>> applyUpdates(
            Ops tf, Tree<Operand<TFloat32>> params, Tree<Operand<TFloat32>> updates) {
        return params.map(updates, tf.math::add);
    }

    /** {@code optax.incremental_update}: stepSize · new + (1 - stepSize) · old, an average of parameters. */
    public static Tree<Operand<TFloat32>> incrementalUpdate(
            Ops tf, Tree<Operand<TFloat32>> newTensors, Tree<Operand<TFloat32>> oldTensors, double stepSize) {
        return newTensors.map(
                oldTensors,
                (fresh, old) -> tf.math.add(
                        tf.math.mul(tf.constant((float) stepSize), fresh),
                        tf.math.mul(tf.constant((float) (1 - stepSize)), old)));
    }

    /** {@code optax.global_norm}: the Euclidean norm of all leaves together, a scalar. */
    public static Operand<TFloat32> globalNorm(Ops tf, Tree<Operand<TFloat32>> tree) {
        List<Operand<TFloat32>> halfSquares =
                tree.map(leaf -> (Operand<TFloat32>) tf.nn.l2Loss(leaf)).leaves();
        return tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(halfSquares)));
    }
}
