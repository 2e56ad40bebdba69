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
 * Optax's optimizers, by their Optax names. Each takes a number or a {@link Schedule} as its learning rate, with Optax's
 * defaults for the rest; or everything, with the learning rate as a link of the chain, {@code
 * Transforms.scaleByLearningRate} of either. As in Optax a schedule is part of the state, as a count, and a number is not.
 *
 * <p>In the equations g is an array's gradient, p the array, u what is added to it, t the count of updates with this one,
 * and m̂ = m / (1 - b₁ᵗ) and v̂ = v / (1 - b₂ᵗ) are Adam's moments, m = b₁m + (1-b₁)g and v = b₂v + (1-b₂)g², less their
 * bias towards 0.
 */
public final class Optimizers {
    /** The threshold of Optax's {@code radam}. */
    private static final double RADAM_THRESHOLD = 5;

    private static final double B1 = 0.9;
    private static final double B2 = 0.999;
    private static final double EPS = 1e-8;
    private static final double WEIGHT_DECAY = 1e-4;

    private Optimizers() {}

    /** {@code optax.sgd(learning_rate)}: no momentum. */
    public static GradientTransformation sgd(double learningRate) {
        return sgd(scaleByLearningRate(learningRate));
    }

    /** {@code optax.sgd(schedule)}: no momentum. */
    public static GradientTransformation sgd(Schedule learningRate) {
        return sgd(scaleByLearningRate(learningRate));
    }

    /**
     * {@code optax.sgd} without momentum: u = -lr · g.
     *
     * @see <a href="https://doi.org/10.1214/aoms/1177729586">Robbins and Monro, A stochastic approximation method</a>
     */
    public static GradientTransformation sgd(GradientTransformation learningRate) {
        return chain(identity(), learningRate);
    }

    /**
     * {@code optax.sgd} with momentum: u = -lr · m with m = g + momentum · m, or u = -lr · (g + momentum · m) with
     * Nesterov's look ahead.
     *
     * @see <a href="https://proceedings.mlr.press/v28/sutskever13.html">Sutskever et al., On initialization and momentum</a>
     */
    public static GradientTransformation sgd(GradientTransformation learningRate, double momentum, boolean nesterov) {
        return chain(trace(momentum, nesterov), learningRate);
    }

    /** {@code optax.adam(learning_rate)}: b₁ 0.9, b₂ 0.999, ε 10⁻⁸. */
    public static GradientTransformation adam(double learningRate) {
        return adam(scaleByLearningRate(learningRate), B1, B2, EPS);
    }

    /** {@code optax.adam(schedule)}, with the same defaults. */
    public static GradientTransformation adam(Schedule learningRate) {
        return adam(scaleByLearningRate(learningRate), B1, B2, EPS);
    }

    /**
     * {@code optax.adam}: u = -lr · m̂ / (√v̂ + ε).
     *
     * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, Adam</a>
     */
    public static GradientTransformation adam(GradientTransformation learningRate, double b1, double b2, double eps) {
        return chain(new ScaleByAdam(b1, b2, eps, 0, false), learningRate);
    }

    /** {@code optax.nadam(learning_rate)}: b₁ 0.9, b₂ 0.999, ε 10⁻⁸. */
    public static GradientTransformation nadam(double learningRate) {
        return nadam(scaleByLearningRate(learningRate), B1, B2, EPS);
    }

    /** {@code optax.nadam(schedule)}, with the same defaults. */
    public static GradientTransformation nadam(Schedule learningRate) {
        return nadam(scaleByLearningRate(learningRate), B1, B2, EPS);
    }

    /**
     * {@code optax.nadam}: Adam with Nesterov's look ahead, u = -lr · (b₁m / (1 - b₁ᵗ⁺¹) + (1-b₁)g / (1 - b₁ᵗ)) / (√v̂
     * + ε).
     *
     * @see <a href="https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ">Dozat, Incorporating Nesterov momentum</a>
     */
    public static GradientTransformation nadam(GradientTransformation learningRate, double b1, double b2, double eps) {
        return chain(new ScaleByAdam(b1, b2, eps, 0, true), learningRate);
    }

    /** {@code optax.adamw(learning_rate)}: b₁ 0.9, b₂ 0.999, ε 10⁻⁸, and a decay of 10⁻⁴ for every parameter. */
    public static GradientTransformation adamw(double learningRate) {
        return adamw(scaleByLearningRate(learningRate), B1, B2, EPS, addDecayedWeights(WEIGHT_DECAY));
    }

    /** {@code optax.adamw(schedule)}, with the same defaults. */
    public static GradientTransformation adamw(Schedule learningRate) {
        return adamw(scaleByLearningRate(learningRate), B1, B2, EPS, addDecayedWeights(WEIGHT_DECAY));
    }

    /**
     * {@code optax.adamw}: Adam whose weight decay is part of the update and so multiplied by the learning rate, u =
     * -lr · (m̂ / (√v̂ + ε) + wd · p).
     *
     * @param decay {@link Transforms#addDecayedWeights} of wd, for all parameters or those of a mask
     * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter, Decoupled weight decay regularization</a>
     */
    public static GradientTransformation adamw(
            GradientTransformation learningRate, double b1, double b2, double eps, GradientTransformation decay) {
        return chain(new ScaleByAdam(b1, b2, eps, 0, false), decay, learningRate);
    }

    /** {@code optax.adamw} with a decay for every parameter. */
    public static GradientTransformation adamw(
            double learningRate, double b1, double b2, double eps, double weightDecay) {
        return adamw(scaleByLearningRate(learningRate), b1, b2, eps, addDecayedWeights(weightDecay));
    }

    /** {@code optax.amsgrad(learning_rate)}: b₁ 0.9, b₂ 0.999, ε 10⁻⁸. */
    public static GradientTransformation amsgrad(double learningRate) {
        return amsgrad(scaleByLearningRate(learningRate), B1, B2, EPS);
    }

    /** {@code optax.amsgrad(schedule)}, with the same defaults. */
    public static GradientTransformation amsgrad(Schedule learningRate) {
        return amsgrad(scaleByLearningRate(learningRate), B1, B2, EPS);
    }

    /**
     * {@code optax.amsgrad}: Adam whose v̂ never falls, u = -lr · m̂ / (√max(v̂ so far) + ε).
     *
     * @see <a href="https://openreview.net/forum?id=ryQu7f-RZ">Reddi et al., On the convergence of Adam and beyond</a>
     */
    public static GradientTransformation amsgrad(
            GradientTransformation learningRate, double b1, double b2, double eps) {
        return chain(new ScaleByAmsgrad(b1, b2, eps), learningRate);
    }

    /** {@code optax.adamax(learning_rate)}: b₁ 0.9, b₂ 0.999, ε 10⁻⁸. */
    public static GradientTransformation adamax(double learningRate) {
        return adamax(scaleByLearningRate(learningRate), B1, B2, EPS);
    }

    /** {@code optax.adamax(schedule)}, with the same defaults. */
    public static GradientTransformation adamax(Schedule learningRate) {
        return adamax(scaleByLearningRate(learningRate), B1, B2, EPS);
    }

    /**
     * {@code optax.adamax}: Adam with the infinity norm, u = -lr · m̂ / n with n = max(|g| + ε, b₂n).
     *
     * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, Adam, section 7</a>
     */
    public static GradientTransformation adamax(GradientTransformation learningRate, double b1, double b2, double eps) {
        return chain(new ScaleByAdamax(b1, b2, eps), learningRate);
    }

    /** {@code optax.radam(learning_rate)}: b₁ 0.9, b₂ 0.999, ε 10⁻⁸. */
    public static GradientTransformation radam(double learningRate) {
        return radam(scaleByLearningRate(learningRate), B1, B2, EPS);
    }

    /** {@code optax.radam(schedule)}, with the same defaults. */
    public static GradientTransformation radam(Schedule learningRate) {
        return radam(scaleByLearningRate(learningRate), B1, B2, EPS);
    }

    /**
     * {@code optax.radam}: Adam that waits until it knows the variance, u = -lr · r · m̂ / (√v̂ + ε) where ρ ≥ 5 and
     * -lr · m̂ before, with ρ = ρ∞ - 2t b₂ᵗ / (1 - b₂ᵗ), ρ∞ = 2 / (1 - b₂) - 1 and r = √((ρ-4)(ρ-2)ρ∞ /
     * ((ρ∞-4)(ρ∞-2)ρ)).
     *
     * @see <a href="https://arxiv.org/abs/1908.03265">Liu et al., On the variance of the adaptive learning rate</a>
     */
    public static GradientTransformation radam(GradientTransformation learningRate, double b1, double b2, double eps) {
        return chain(new ScaleByRadam(b1, b2, eps, RADAM_THRESHOLD), learningRate);
    }

    /** {@code optax.adabelief(learning_rate)}: b₁ 0.9, b₂ 0.999, ε and ε̄ 10⁻¹⁶. */
    public static GradientTransformation adabelief(double learningRate) {
        return adabelief(scaleByLearningRate(learningRate), B1, B2, 1e-16, 1e-16);
    }

    /** {@code optax.adabelief(schedule)}, with the same defaults. */
    public static GradientTransformation adabelief(Schedule learningRate) {
        return adabelief(scaleByLearningRate(learningRate), B1, B2, 1e-16, 1e-16);
    }

    /**
     * {@code optax.adabelief}: Adam by the variance about the mean, u = -lr · m̂ / (√ŝ + ε) with s = b₂s + (1-b₂)(g -
     * m)² + ε̄.
     *
     * @param epsRoot ε̄
     * @see <a href="https://arxiv.org/abs/2010.07468">Zhuang et al., AdaBelief</a>
     */
    public static GradientTransformation adabelief(
            GradientTransformation learningRate, double b1, double b2, double eps, double epsRoot) {
        return chain(new ScaleByBelief(b1, b2, eps, epsRoot), learningRate);
    }

    /** {@code optax.rmsprop(learning_rate)}: decay 0.9, ε 10⁻⁸, no momentum. */
    public static GradientTransformation rmsprop(double learningRate) {
        return rmsprop(scaleByLearningRate(learningRate), 0.9, EPS);
    }

    /** {@code optax.rmsprop(schedule)}, with the same defaults. */
    public static GradientTransformation rmsprop(Schedule learningRate) {
        return rmsprop(scaleByLearningRate(learningRate), 0.9, EPS);
    }

    /**
     * {@code optax.rmsprop}: u = -lr · g / √(n + ε) with n = decay · n + (1 - decay)g², which begins at 0 and is not
     * corrected; no momentum.
     *
     * @see <a href="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf">Hinton, RMSProp</a>
     */
    public static GradientTransformation rmsprop(GradientTransformation learningRate, double decay, double eps) {
        return chain(new ScaleByRms(decay, eps), learningRate, identity());
    }

    /**
     * {@code optax.rmsprop} with momentum after the learning rate: u = w + momentum · u, where w is what it is without.
     *
     * @see <a href="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf">Hinton, RMSProp</a>
     */
    public static GradientTransformation rmsprop(
            GradientTransformation learningRate, double decay, double eps, double momentum, boolean nesterov) {
        return chain(new ScaleByRms(decay, eps), learningRate, trace(momentum, nesterov));
    }

    /** {@code optax.adagrad(learning_rate)}: s begins at 0.1, ε 10⁻⁷. */
    public static GradientTransformation adagrad(double learningRate) {
        return adagrad(scaleByLearningRate(learningRate), 0.1, 1e-7);
    }

    /** {@code optax.adagrad(schedule)}, with the same defaults. */
    public static GradientTransformation adagrad(Schedule learningRate) {
        return adagrad(scaleByLearningRate(learningRate), 0.1, 1e-7);
    }

    /**
     * {@code optax.adagrad}: u = -lr · g / √(s + ε) with s = s + g², 0 where s is.
     *
     * @param initialAccumulatorValue what s begins at
     * @see <a href="https://jmlr.org/papers/v12/duchi11a.html">Duchi et al., Adaptive subgradient methods</a>
     */
    public static GradientTransformation adagrad(
            GradientTransformation learningRate, double initialAccumulatorValue, double eps) {
        return chain(new ScaleByRss(initialAccumulatorValue, eps), learningRate);
    }

    /** {@code optax.lion(learning_rate)}: b₁ 0.9, b₂ 0.99, a decay of 10⁻³. */
    public static GradientTransformation lion(double learningRate) {
        return lion(scaleByLearningRate(learningRate), B1, 0.99, 1e-3);
    }

    /** {@code optax.lion(schedule)}, with the same defaults. */
    public static GradientTransformation lion(Schedule learningRate) {
        return lion(scaleByLearningRate(learningRate), B1, 0.99, 1e-3);
    }

    /**
     * {@code optax.lion}: u = -lr · (sign((1-b₁)g + b₁m) + wd · p), then m = (1-b₂)g + b₂m.
     *
     * @see <a href="https://arxiv.org/abs/2302.06675">Chen et al., Symbolic discovery of optimization algorithms</a>
     */
    public static GradientTransformation lion(
            GradientTransformation learningRate, double b1, double b2, double weightDecay) {
        return chain(new ScaleByLion(b1, b2), addDecayedWeights(weightDecay), learningRate);
    }

    /** {@code optax.lamb(learning_rate)}: b₁ 0.9, b₂ 0.999, ε 10⁻⁶, no decay. */
    public static GradientTransformation lamb(double learningRate) {
        return lamb(scaleByLearningRate(learningRate), B1, B2, 1e-6, 0);
    }

    /** {@code optax.lamb(schedule)}, with the same defaults. */
    public static GradientTransformation lamb(Schedule learningRate) {
        return lamb(scaleByLearningRate(learningRate), B1, B2, 1e-6, 0);
    }

    /**
     * {@code optax.lamb}: Adam's direction with decay, d = m̂ / (√v̂ + ε) + wd · p, times the trust ratio of each
     * array, u = -lr · ‖p‖ / ‖d‖ · d, without the ratio where either norm is 0.
     *
     * @see <a href="https://arxiv.org/abs/1904.00962">You et al., Large batch optimization for deep learning</a>
     */
    public static GradientTransformation lamb(
            GradientTransformation learningRate, double b1, double b2, double eps, double weightDecay) {
        return chain(
                new ScaleByAdam(b1, b2, eps, 0, false),
                addDecayedWeights(weightDecay),
                scaleByTrustRatio(1),
                learningRate);
    }

    /** {@code optax.lars(learning_rate)}: no decay, the ratio for all parameters, c 0.001, momentum 0.9. */
    public static GradientTransformation lars(double learningRate) {
        return lars(scaleByLearningRate(learningRate), 0, path -> true, 1e-3, path -> true, 0.9);
    }

    /** {@code optax.lars(schedule)}, with the same defaults. */
    public static GradientTransformation lars(Schedule learningRate) {
        return lars(scaleByLearningRate(learningRate), 0, path -> true, 1e-3, path -> true, 0.9);
    }

    /**
     * {@code optax.lars}: d = g + wd · p, times the trust ratio of each array, with momentum after the learning rate: u
     * = -lr · c‖p‖ / ‖d‖ · d + momentum · u.
     *
     * @param decayed parameters that decay, by their paths
     * @param trustCoefficient c
     * @param trusted parameters that have the ratio, by their paths
     * @see <a href="https://arxiv.org/abs/1708.03888">You et al., Large batch training of convolutional networks</a>
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

    /**
     * {@code optax.apply_updates}: p + u.
     *
     * @throws dev.vaestream.learning.tracing.TreeMismatchException where the updates are shaped otherwise
     */
    public static Tree<Operand<TFloat32>> applyUpdates(
            Ops tf, Tree<Operand<TFloat32>> params, Tree<Operand<TFloat32>> updates) {
        return params.map(updates, tf.math::add);
    }

    /**
     * {@code optax.incremental_update}: stepSize · new + (1 - stepSize) · old, an average of parameters.
     *
     * @param stepSize 0 to 1
     * @throws dev.vaestream.learning.tracing.TreeMismatchException where the trees are shaped differently
     */
    public static Tree<Operand<TFloat32>> incrementalUpdate(
            Ops tf, Tree<Operand<TFloat32>> newTensors, Tree<Operand<TFloat32>> oldTensors, double stepSize) {
        return newTensors.map(
                oldTensors,
                (fresh, old) -> tf.math.add(
                        tf.math.mul(tf.constant((float) stepSize), fresh),
                        tf.math.mul(tf.constant((float) (1 - stepSize)), old)));
    }

    /** {@code optax.global_norm}: √Σx², the Euclidean norm of all leaves together, a scalar; 0 where there is none. */
    public static Operand<TFloat32> globalNorm(Ops tf, Tree<Operand<TFloat32>> tree) {
        List<Operand<TFloat32>> halfSquares =
                tree.map(leaf -> (Operand<TFloat32>) tf.nn.l2Loss(leaf)).leaves();
        return halfSquares.isEmpty()
                ? tf.constant(0f)
                : tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(halfSquares)));
    }
}
