package dev.vaestream.vae;

import dev.vaestream.contracts.OptimizerSpec;
import dev.vaestream.learning.optim.Schedule;

/**
 * What TensorFlow's Adam kernel must be told so that it makes Optax's update.
 *
 * <p>The kernel takes the moments' gains as 1 - β in single precision, of which little is left for a β near one: for
 * 0.999 it is 0.99998712 of Optax's 0.001. Its decays are Optax's, so that its moments are Optax's times a constant each,
 * for ever. Gradients come scaled by {@link #gradientScale}, with which ν is Optax's and µ is less than 10⁻⁵ off; rate and
 * epsilon undo the rest. They hold the bias corrections too, in single precision like Optax's.
 */
final class AdamKernel {
    private final Schedule learningRate;
    private final double eps;
    private final double weightDecay;
    private final float b1;
    private final float b2;
    private final double gradientScale;
    private final double muScale;

    /** @param spec {@code adam} or {@code adamw} */
    AdamKernel(OptimizerSpec spec) {
        this.learningRate = ScheduleFactory.create(spec.schedule("learningRate"));
        this.eps = spec.number("eps");
        this.weightDecay = spec.name().equals("adamw") ? spec.number("weightDecay") : 0;
        this.b1 = (float) spec.number("b1");
        this.b2 = (float) spec.number("b2");
        this.gradientScale = 1 / Math.sqrt(gain(spec.number("b2")));
        this.muScale = gradientScale * gain(spec.number("b1"));
    }

    double gradientScale() {
        return gradientScale;
    }

    float b1() {
        return b1;
    }

    float b2() {
        return b2;
    }

    /** lr · √(1 - β₂ᵗ) / (1 - β₁ᵗ), for the update after {@code count} others. */
    float rate(int count) {
        return (float) (learningRate(count) * nuCorrection(count) / (muScale * correction(b1, count)));
    }

    /** ε · √(1 - β₂ᵗ). */
    float epsilon(int count) {
        return (float) (eps * nuCorrection(count));
    }

    /** -lr · wd. */
    float decay(int count) {
        return (float) (-learningRate(count) * weightDecay);
    }

    /** Of the update after {@code count} others. */
    double learningRate(int count) {
        return learningRate.at(count);
    }

    private double nuCorrection(int count) {
        return Math.sqrt(correction(b2, count));
    }

    private static float correction(float decayRate, int count) {
        return 1f - (float) Math.pow(decayRate, count + 1);
    }

    /** The kernel's gain over Optax's. */
    private static double gain(double decayRate) {
        return decayRate == 0 ? 1 : (double) (1f - (float) decayRate) / (float) (1 - decayRate);
    }
}
