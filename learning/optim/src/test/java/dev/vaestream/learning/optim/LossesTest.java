package dev.vaestream.learning.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Compiled;
import dev.vaestream.learning.tracing.Tree;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Numbers are from Optax's own tests. */
class LossesTest {
    private static final float[] YS = {-2, -1, .5f, 1};
    private static final float[] TARGETS = {-1.5f, 0, -1, 1};

    @Test
    void l2LossIsHalfTheSquaredError() {
        assertThat(values(tf -> Losses.l2Loss(tf, tf.constant(YS), tf.constant(TARGETS))))
                .containsExactly(.125f, .5f, 1.125f, 0);
    }

    @Test
    void shapesThatDifferAreRefused() {
        assertThatThrownBy(() -> values(tf -> Losses.l2Loss(tf, tf.constant(YS), tf.constant(1f))))
                .hasMessage("predictions have shape [4] and targets []; they must be the same");
    }

    @Test
    void huberLossIsLinearFarOut() {
        float[] ys = {-2, .5f, 0, .5f, 2, 4, 132};
        float[] targets = {0, -.5f, 0, 1, 1, 2, .3f};
        assertThat(values(tf -> Losses.huberLoss(tf, tf.constant(ys), tf.constant(targets), 1)))
                .containsExactly(new float[] {1.5f, .5f, 0, .125f, .5f, 1.5f, 131.2f}, within(1e-5f));
    }

    @Test
    void logCoshDoesNotOverflow() {
        float[] ys = {500, -2, -1, .5f, 1};
        float[] targets = {-200, -1.5f, 0, -1, 1};
        assertThat(values(tf -> Losses.logCosh(tf, tf.constant(ys), tf.constant(targets))))
                .containsExactly(new float[] {699.3068f, .12011445f, .4337809f, .85544014f, 0}, within(1e-4f));
    }

    @Test
    void crossEntropyTakesOneHotLabels() {
        float[][] logits = {{10, 1, -2}, {1, 4, .2f}};
        float[][] labels = {{0, 1, 0}, {1, 0, 0}};
        assertThat(values(tf -> Losses.softmaxCrossEntropy(tf, tf.constant(logits), tf.constant(labels))))
                .containsExactly(new float[] {9.00013f, 3.0696733f}, within(1e-5f));
    }

    @Test
    void crossEntropyTakesIntegerLabels() {
        float[][] logits = {{10, 1, -2}, {1, 4, .2f}};
        assertThat(values(tf -> Losses.softmaxCrossEntropyWithIntegerLabels(
                        tf, tf.constant(logits), tf.constant(new int[] {1, 0}))))
                .containsExactly(new float[] {9.00013f, 3.0696733f}, within(1e-5f));
    }

    @Test
    void binaryCrossEntropyHoldsForLargeLogits() {
        float[] logits = {-1e9f, 1e9f, 0};
        float[] labels = {1, 1, 1};
        assertThat(values(tf -> Losses.sigmoidBinaryCrossEntropy(tf, tf.constant(logits), tf.constant(labels))))
                .containsExactly(new float[] {1e9f, 0, .6931472f}, within(1e-6f));
    }

    @Test
    void cosineSimilarityIsThatOfTheAngle() {
        float[][] a = {{1, 0}, {1, 1}, {3, 4}};
        float[][] b = {{0, 2}, {2, 2}, {-3, -4}};
        assertThat(values(tf -> Losses.cosineSimilarity(tf, tf.constant(a), tf.constant(b), 0)))
                .containsExactly(new float[] {0, 1, -1}, within(1e-6f));
        assertThat(values(tf -> Losses.cosineDistance(tf, tf.constant(a), tf.constant(b), 0)))
                .containsExactly(new float[] {1, 0, 2}, within(1e-6f));
    }

    /** The vectors of Optax's own test. */
    @Test
    void cosineDistancesAreOptaxs() {
        float[][] ys = {{10, 1, -2}, {1, 4, .2f}};
        float[][] targets = {{0, 1.2f, .2f}, {1, -.3f, 0}};
        assertThat(values(tf -> Losses.cosineDistance(tf, tf.constant(ys), tf.constant(targets), 1e-6)))
                .containsExactly(new float[] {.9358252f, 1.0464067f}, within(1e-6f));
        assertThat(values(tf -> Losses.cosineSimilarity(tf, tf.constant(ys), tf.constant(targets), 1e-6)))
                .containsExactly(new float[] {1 - .9358252f, 1 - 1.0464067f}, within(1e-6f));
    }

    /** ‖(.6, 0, 0)‖² is .36, which counts as .5: .36 / .5. */
    @Test
    void epsilonIsTheLeastSquareOfANorm() {
        float[][] a = {{.6f, 0, 0}, {2, 0, 0}};
        assertThat(values(tf -> Losses.cosineSimilarity(tf, tf.constant(a), tf.constant(a), .5)))
                .containsExactly(new float[] {.72f, 1}, within(1e-6f));
    }

    /** As {@code jnp.take_along_axis} does: it counts from the end, and fills in NaN beyond either. */
    @Test
    void labelsThatAreNoClassHaveNoLoss() {
        float[][] logits = {{10, 1, -2}, {10, 1, -2}, {10, 1, -2}, {10, 1, -2}};
        assertThat(values(tf -> Losses.softmaxCrossEntropyWithIntegerLabels(
                        tf, tf.constant(logits), tf.constant(new int[] {1, -2, 3, -4}))))
                .containsExactly(new float[] {9.00013f, 9.00013f, Float.NaN, Float.NaN}, within(1e-5f));
    }

    /** Where the one-hot form multiplies infinity by 0. */
    @Test
    void anImpossibleClassDoesNotSpoilTheLossOfAnother() {
        float[][] logits = {{0, 0, Float.NEGATIVE_INFINITY}};
        assertThat(values(tf -> Losses.softmaxCrossEntropyWithIntegerLabels(
                        tf, tf.constant(logits), tf.constant(new int[] {1}))))
                .containsExactly(new float[] {.6931472f}, within(1e-6f));
    }

    @Test
    void smoothLabelsShareOutAlpha() {
        float[][] labels = {{0, 1, 0, 0}};
        assertThat(values(tf -> Losses.smoothLabels(tf, tf.constant(labels), 0.1)))
                .containsExactly(new float[] {.025f, .925f, .025f, .025f}, within(1e-6f));
    }

    @Test
    void theKlOfTheStandardNormalIsZero() {
        assertThat(values(tf ->
                        Losses.gaussianKl(tf, tf.constant(new float[] {0, 1, 0}), tf.constant(new float[] {0, 0, 1}))))
                .containsExactly(new float[] {0, .5f, (float) ((Math.E - 2) / 2)}, within(1e-6f));
    }

    private static float[] values(Function<Ops, Operand<TFloat32>> loss) {
        try (Compiled jit = Compiled.trace(Tree.empty(), (tf, arguments) -> Tree.leaf(loss.apply(tf)))) {
            return ((Array.Floats) jit.call(Tree.empty()).value()).values();
        }
    }
}
