package dev.vaestream.learning.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Optax's building blocks and wrappers, by their Optax names. Masks and labels go by a parameter's path, as {@code
 * params.decoder.Dense_0.kernel}.
 *
 * <p>In the equations u is an update that comes from the link before, or a gradient, and p its parameter; trees of both have
 * the parameters' structure and shapes. State is what Optax's is, with its names.
 *
 * @see <a href="https://optax.readthedocs.io/en/latest/api/transformations.html">Optax's documentation</a>, the source of
 *     what names no other
 */
public final class Transforms {
    private Transforms() {}

    /** {@code optax.identity}: u. */
    public static GradientTransformation identity() {
        return new Stateless((tf, u, p) -> u);
    }

    /** {@code optax.set_to_zero}: 0, so that the parameters stay as they are. */
    public static GradientTransformation setToZero() {
        return new SetToZero();
    }

    /** {@code optax.scale}: factor · u. */
    public static GradientTransformation scale(double factor) {
        return new Stateless((tf, u, p) -> tf.math.mul(tf.constant((float) factor), u));
    }

    /** {@code optax.scale_by_learning_rate}: -learningRate · u. */
    public static GradientTransformation scaleByLearningRate(double learningRate) {
        return new ScaleByLearningRate(learningRate);
    }

    /** {@code optax.scale_by_learning_rate} of a schedule: -schedule(count) · u, where the first update counts 0. */
    public static GradientTransformation scaleByLearningRate(Schedule learningRate) {
        return new ScaleBySchedule(learningRate);
    }

    /**
     * {@code optax.trace}: momentum, t = u + decay · t; with Nesterov's look ahead u + decay · t of that t.
     *
     * @param decay 0 to 1
     * @see <a href="https://proceedings.mlr.press/v28/sutskever13.html">Sutskever et al., On initialization and momentum</a>
     */
    public static GradientTransformation trace(double decay, boolean nesterov) {
        return new Trace(decay, nesterov);
    }

    /**
     * {@code optax.ema}: an average of the updates, not of the parameters, e = decay · e + (1 - decay)u; divided by 1 - decayᵗ
     * after t updates where {@code debias} is set.
     *
     * @param decay 0 to 1
     * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, Adam, section 3</a>
     */
    public static GradientTransformation ema(double decay, boolean debias) {
        return new Ema(decay, debias);
    }

    /**
     * {@code optax.add_decayed_weights}: u + weightDecay · p.
     *
     * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter, Decoupled weight decay regularization</a>
     */
    public static GradientTransformation addDecayedWeights(double weightDecay) {
        return new Stateless((tf, u, p) -> tf.math.add(u, tf.math.mul(tf.constant((float) weightDecay), p)));
    }

    /** {@code optax.add_decayed_weights} for the parameters in the mask. */
    public static GradientTransformation addDecayedWeights(double weightDecay, Predicate<String> mask) {
        return masked(addDecayedWeights(weightDecay), mask);
    }

    /** {@code optax.clip}: each element into [-maxDelta, maxDelta]. */
    public static GradientTransformation clip(double maxDelta) {
        return new Stateless(
                (tf, u, p) -> tf.clipByValue(u, tf.constant((float) -maxDelta), tf.constant((float) maxDelta)));
    }

    /**
     * {@code optax.clip_by_global_norm}: (u / ‖u‖) · maxNorm where the norm of all arrays together is not less than that. It
     * counts what a later link freezes.
     *
     * @see <a href="https://arxiv.org/abs/1211.5063">Pascanu et al., On the difficulty of training recurrent networks</a>
     */
    public static GradientTransformation clipByGlobalNorm(double maxNorm) {
        return new ClipByGlobalNorm(maxNorm);
    }

    /**
     * {@code optax.clip_by_block_rms}: u / max(1, √mean(u²) / threshold) for each array.
     *
     * @see <a href="https://arxiv.org/abs/1804.04235">Shazeer and Stern, Adafactor, section 6</a>
     */
    public static GradientTransformation clipByBlockRms(double threshold) {
        return new Stateless((tf, u, p) -> {
            Operand<TFloat32> mean = tf.math.mean(tf.math.square(u), allAxes(tf, u));
            Operand<TFloat32> over = tf.math.div(tf.math.sqrt(mean), tf.constant((float) threshold));
            return tf.math.div(u, tf.math.maximum(tf.constant(1f), over));
        });
    }

    /**
     * {@code optax.centralize}: arrays of two axes or more minus their mean over all axes but the first.
     *
     * @see <a href="https://arxiv.org/abs/2004.01461">Yong et al., Gradient centralization</a>
     */
    public static GradientTransformation centralize() {
        return new Stateless((tf, u, p) -> {
            int axes = u.shape().numDimensions();
            return axes < 2
                    ? u
                    : tf.math.sub(
                            u,
                            tf.math.mean(
                                    u,
                                    tf.range(tf.constant(1), tf.constant(axes), tf.constant(1)),
                                    Mean.keepDims(true)));
        });
    }

    /**
     * {@code optax.scale_by_trust_ratio}: coefficient · ‖p‖ / ‖u‖ · u for each array, u where either norm is 0.
     *
     * @see <a href="https://arxiv.org/abs/1904.00962">You et al., Large batch optimization for deep learning</a>
     */
    public static GradientTransformation scaleByTrustRatio(double trustCoefficient) {
        return new Stateless((tf, u, p) -> {
            Operand<TFloat32> ratio =
                    tf.math.div(tf.math.mul(tf.constant((float) trustCoefficient), norm(tf, p)), norm(tf, u));
            Operand<TFloat32> zero = tf.constant(0f);
            Operand<TBool> none = tf.math.logicalOr(tf.math.equal(norm(tf, p), zero), tf.math.equal(norm(tf, u), zero));
            return tf.math.mul(u, tf.select(none, tf.constant(1f), ratio));
        });
    }

    /** {@code optax.chain}: one after another. Its state is the sequence of their states. */
    public static GradientTransformation chain(GradientTransformation... transformations) {
        return new Chain(List.of(transformations));
    }

    /**
     * {@code optax.named_chain}: one after another, with states by name.
     *
     * @throws IllegalArgumentException where a name comes twice
     */
    public static GradientTransformation namedChain(List<Map.Entry<String, GradientTransformation>> links) {
        SortedMap<String, Integer> order = new TreeMap<>();
        List<GradientTransformation> transformations = new ArrayList<>();
        for (Map.Entry<String, GradientTransformation> link : links) {
            if (order.put(link.getKey(), transformations.size()) != null) {
                throw new IllegalArgumentException("the name '" + link.getKey() + "' comes twice in the chain");
            }
            transformations.add(link.getValue());
        }
        return new NamedChain(order, transformations);
    }

    /** {@code optax.masked}: for the parameters in the mask; the others' updates pass as they are, gradients too. */
    public static GradientTransformation masked(GradientTransformation inner, Predicate<String> mask) {
        return new Masked(inner, mask);
    }

    /**
     * {@code optax.partition}, {@code multi_transform} in older versions: each parameter by the transformation of its
     * label.
     *
     * @param labels the label of a parameter by its path
     * @return whose {@code init} and {@code update} throw an {@link IllegalArgumentException} where a parameter's label has no
     *     transformation; it names both
     */
    public static GradientTransformation multiTransform(
            Map<String, GradientTransformation> transforms, Function<String, String> labels) {
        return new Partition(transforms, labels);
    }

    /** {@code optax.freeze}: the parameters in the mask stay as they are. */
    public static GradientTransformation freeze(Predicate<String> mask) {
        return masked(setToZero(), mask);
    }

    /**
     * {@code optax.MultiSteps}: the mean of k gradients makes one update, whose calls before are zeros.
     *
     * @param everyK k, 1 at least
     */
    public static GradientTransformation multiSteps(GradientTransformation inner, int everyK) {
        return multiSteps(inner, Schedules.constant(everyK));
    }

    /** {@code optax.MultiSteps} with k by the count of updates, a whole number. */
    public static GradientTransformation multiSteps(GradientTransformation inner, Schedule everyK) {
        return new MultiSteps(inner, everyK);
    }

    /**
     * {@code optax.apply_if_finite}: zeros, and the inner state kept, where an element of any array is infinite or NaN, for up
     * to so many calls in a row; one more is applied.
     */
    public static GradientTransformation applyIfFinite(GradientTransformation inner, int maxConsecutiveErrors) {
        return new ApplyIfFinite(inner, maxConsecutiveErrors);
    }

    private static Operand<TFloat32> norm(Ops tf, Operand<TFloat32> array) {
        ReduceSum<TFloat32> squares = tf.reduceSum(tf.math.square(array), allAxes(tf, array));
        return tf.math.sqrt(squares);
    }

    private static Operand<TInt32> allAxes(Ops tf, Operand<?> array) {
        return tf.range(tf.constant(0), tf.rank(array.asOutput()), tf.constant(1));
    }
}
