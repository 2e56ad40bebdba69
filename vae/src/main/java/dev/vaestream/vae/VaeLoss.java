package dev.vaestream.vae;

import dev.vaestream.learning.optim.Losses;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The negative evidence lower bound with a weight on its second term. All three are scalars.
 *
 * @param loss mse + klWeight · kl
 * @param mse ½ Σ (reconstruction - x)² over pixels, mean over images
 * @param kl -½ Σ (1 + logvar - mean² - e^logvar) over latents, mean over images
 */
record VaeLoss(Operand<TFloat32> loss, Operand<TFloat32> mse, Operand<TFloat32> kl) {
    static VaeLoss of(Ops tf, Vae.Output output, Operand<TFloat32> x, double klWeight) {
        Operand<TFloat32> mse = meanOfRowSums(tf, Losses.l2Loss(tf, output.reconstruction(), x));
        Vae.Posterior posterior = output.posterior();
        Operand<TFloat32> kl = meanOfRowSums(tf, Losses.gaussianKl(tf, posterior.mean(), posterior.logvar()));
        Operand<TFloat32> loss = tf.math.add(mse, tf.math.mul(tf.constant((float) klWeight), kl));
        return new VaeLoss(loss, mse, kl);
    }

    List<Operand<TFloat32>> all() {
        return List.of(loss, mse, kl);
    }

    private static Operand<TFloat32> meanOfRowSums(Ops tf, Operand<TFloat32> values) {
        return tf.math.mean(tf.reduceSum(values, tf.constant(1)), tf.constant(0));
    }
}
