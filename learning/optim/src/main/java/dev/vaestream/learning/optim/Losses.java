package dev.vaestream.learning.optim;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Optax's losses, by their Optax names. None of them takes a mean over the batch.
 *
 * @see <a href="https://optax.readthedocs.io/en/latest/api/losses.html">Optax's documentation</a>, the source of the
 *     equations that name no other
 */
public final class Losses {
    private Losses() {}

    /**
     * {@code optax.l2_loss}: ½(prediction - target)², elementwise.
     *
     * @param predictions any shape
     * @param targets of the same shape
     * @return of the same shape
     * @throws IllegalArgumentException where the shapes differ; nothing is broadcast
     */
    public static Operand<TFloat32> l2Loss(Ops tf, Operand<TFloat32> predictions, Operand<TFloat32> targets) {
        return tf.math.mul(tf.constant(0.5f), squaredError(tf, predictions, targets));
    }

    /**
     * {@code optax.squared_error}: (prediction - target)², elementwise.
     *
     * @param predictions any shape
     * @param targets of the same shape
     * @return of the same shape
     * @throws IllegalArgumentException where the shapes differ; nothing is broadcast
     */
    public static Operand<TFloat32> squaredError(Ops tf, Operand<TFloat32> predictions, Operand<TFloat32> targets) {
        requireSameShape(predictions, targets);
        return tf.math.square(tf.math.sub(predictions, targets));
    }

    /**
     * {@code optax.huber_loss}: ½e² where |e| ≤ δ, else δ(|e| - ½δ), with e = prediction - target, elementwise.
     *
     * @param predictions any shape
     * @param targets of the same shape, or one that is broadcast to it
     * @param delta δ; 1 by default
     * @return of the predictions' shape
     * @see <a href="https://doi.org/10.1214/aoms/1177703732">Huber, Robust estimation of a location parameter</a>
     */
    public static Operand<TFloat32> huberLoss(
            Ops tf, Operand<TFloat32> predictions, Operand<TFloat32> targets, double delta) {
        Operand<TFloat32> error = tf.math.abs(tf.math.sub(predictions, targets));
        Operand<TFloat32> quadratic = tf.math.minimum(error, tf.constant((float) delta));
        Operand<TFloat32> linear = tf.math.sub(error, quadratic);
        return tf.math.add(
                tf.math.mul(tf.constant(0.5f), tf.math.square(quadratic)),
                tf.math.mul(tf.constant((float) delta), linear));
    }

    /**
     * {@code optax.log_cosh}: log(cosh(e)) with e = prediction - target, elementwise; computed as |e| + log(1 + e^(-2|e|)) -
     * log 2, which does not overflow.
     *
     * @param predictions any shape
     * @param targets of the same shape, or one that is broadcast to it
     * @return of the predictions' shape
     */
    public static Operand<TFloat32> logCosh(Ops tf, Operand<TFloat32> predictions, Operand<TFloat32> targets) {
        Operand<TFloat32> error = tf.math.abs(tf.math.sub(predictions, targets));
        Operand<TFloat32> rest = tf.math.log1p(tf.math.exp(tf.math.mul(tf.constant(-2f), error)));
        return tf.math.sub(tf.math.add(error, rest), tf.constant((float) Math.log(2)));
    }

    /**
     * {@code optax.softmax_cross_entropy}: -Σ label · log softmax(logits) over the last axis.
     *
     * @param logits (…, classes)
     * @param labels (…, classes), one-hot or any distribution
     * @return (…), in nats
     */
    public static Operand<TFloat32> softmaxCrossEntropy(Ops tf, Operand<TFloat32> logits, Operand<TFloat32> labels) {
        Operand<TFloat32> products = tf.math.mul(labels, logSoftmax(tf, logits));
        return tf.math.neg(tf.reduceSum(products, tf.constant(-1)));
    }

    /**
     * {@code optax.softmax_cross_entropy_with_integer_labels}: log Σ e^logits - logits[label] over the last axis.
     *
     * @param logits (…, classes)
     * @param labels (…), each 0 to classes - 1, or counted from the end where negative; any other has a loss of NaN
     * @return (…)
     */
    public static Operand<TFloat32> softmaxCrossEntropyWithIntegerLabels(
            Ops tf, Operand<TFloat32> logits, Operand<TInt32> labels) {
        Operand<TInt32> classes =
                tf.constant(Math.toIntExact(logits.shape().get(logits.shape().numDimensions() - 1)));
        Operand<TInt32> fromStart =
                tf.select(tf.math.less(labels, tf.constant(0)), tf.math.add(labels, classes), labels);
        Operand<TBool> picked = tf.oneHot(fromStart, classes, tf.constant(true), tf.constant(false));
        Operand<TFloat32> ofLabel =
                tf.reduceSum(tf.select(picked, logSoftmax(tf, logits), tf.zerosLike(logits)), tf.constant(-1));
        Operand<TFloat32> loss = tf.math.neg(ofLabel);
        Operand<TFloat32> none = tf.math.mul(tf.zerosLike(loss), tf.constant(Float.NaN));
        return tf.select(tf.reduceAny(picked, tf.constant(-1)), loss, none);
    }

    /**
     * {@code optax.sigmoid_binary_cross_entropy}: -label · log σ(logit) - (1 - label) · log σ(-logit), elementwise.
     *
     * @param logits any shape
     * @param labels of the same shape, each 0 to 1
     * @return of the same shape, in nats
     */
    public static Operand<TFloat32> sigmoidBinaryCrossEntropy(
            Ops tf, Operand<TFloat32> logits, Operand<TFloat32> labels) {
        Operand<TFloat32> positive = tf.math.mul(labels, logSigmoid(tf, logits));
        Operand<TFloat32> negative =
                tf.math.mul(tf.math.sub(tf.constant(1f), labels), logSigmoid(tf, tf.math.neg(logits)));
        return tf.math.neg(tf.math.add(positive, negative));
    }

    /**
     * {@code optax.cosine_similarity}: p · t / (‖p‖ ‖t‖) over the last axis.
     *
     * @param predictions (…, n)
     * @param targets (…, n)
     * @param epsilon least that the square of a norm counts, in spite of what Optax says of it; 0 by default
     * @return (…), NaN for a vector of zeros where epsilon is 0
     */
    public static Operand<TFloat32> cosineSimilarity(
            Ops tf, Operand<TFloat32> predictions, Operand<TFloat32> targets, double epsilon) {
        Operand<TFloat32> p = tf.math.div(predictions, norm(tf, predictions, epsilon));
        Operand<TFloat32> t = tf.math.div(targets, norm(tf, targets, epsilon));
        return tf.reduceSum(tf.math.mul(p, t), tf.constant(-1));
    }

    /**
     * {@code optax.cosine_distance}: 1 - {@link #cosineSimilarity}.
     *
     * @param predictions (…, n)
     * @param targets (…, n)
     * @return (…), 0 to 2
     */
    public static Operand<TFloat32> cosineDistance(
            Ops tf, Operand<TFloat32> predictions, Operand<TFloat32> targets, double epsilon) {
        return tf.math.sub(tf.constant(1f), cosineSimilarity(tf, predictions, targets, epsilon));
    }

    /**
     * {@code optax.smooth_labels}: (1 - α) · label + α / classes.
     *
     * @param labels (…, classes), one-hot
     * @param alpha α, 0 to 1
     * @return (…, classes)
     * @see <a href="https://arxiv.org/abs/1512.00567">Szegedy et al., Rethinking the Inception architecture, 7</a>
     */
    public static Operand<TFloat32> smoothLabels(Ops tf, Operand<TFloat32> labels, double alpha) {
        long classes = labels.shape().get(labels.shape().numDimensions() - 1);
        return tf.math.add(
                tf.math.mul(tf.constant((float) (1 - alpha)), labels), tf.constant((float) (alpha / classes)));
    }

    /**
     * KL(N(mean, e^logvar) ‖ N(0, 1)), elementwise: -½(1 + logvar - mean² - e^logvar).
     *
     * @param mean any shape
     * @param logvar logarithm of the variance, of the same shape
     * @return of the same shape, in nats
     * @see <a href="https://arxiv.org/abs/1312.6114">Kingma and Welling, appendix B</a>
     */
    public static Operand<TFloat32> gaussianKl(Ops tf, Operand<TFloat32> mean, Operand<TFloat32> logvar) {
        Operand<TFloat32> inner = tf.math.sub(
                tf.math.sub(tf.math.add(tf.constant(1f), logvar), tf.math.square(mean)), tf.math.exp(logvar));
        return tf.math.mul(tf.constant(-0.5f), inner);
    }

    private static Operand<TFloat32> logSoftmax(Ops tf, Operand<TFloat32> logits) {
        Operand<TFloat32> shifted =
                tf.math.sub(logits, tf.reduceMax(logits, tf.constant(-1), ReduceMax.keepDims(true)));
        Operand<TFloat32> sum = tf.reduceSum(tf.math.exp(shifted), tf.constant(-1), ReduceSum.keepDims(true));
        return tf.math.sub(shifted, tf.math.log(sum));
    }

    /** -softplus(-x), which does not overflow. */
    private static Operand<TFloat32> logSigmoid(Ops tf, Operand<TFloat32> x) {
        Operand<TFloat32> rest = tf.math.log1p(tf.math.exp(tf.math.neg(tf.math.abs(x))));
        return tf.math.sub(tf.math.minimum(x, tf.constant(0f)), rest);
    }

    private static Operand<TFloat32> norm(Ops tf, Operand<TFloat32> vectors, double least) {
        Operand<TFloat32> squares = tf.reduceSum(tf.math.square(vectors), tf.constant(-1), ReduceSum.keepDims(true));
        return tf.math.sqrt(tf.math.maximum(squares, tf.constant((float) least)));
    }

    private static void requireSameShape(Operand<TFloat32> predictions, Operand<TFloat32> targets) {
        if (!predictions.shape().equals(targets.shape())) {
            throw new IllegalArgumentException("predictions have shape %s and targets %s; they must be the same"
                    .formatted(predictions.shape(), targets.shape()));
        }
    }
}
