package dev.vaestream.vae;

import dev.vaestream.contracts.Losses;

/**
 * q(z|x) of one image: a normal with these means and logarithms of variances.
 *
 * @param mean (latentDim)
 * @param logvar (latentDim)
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
public record Posterior(float[] mean, float[] logvar) {
    public Posterior {
        if (mean.length != logvar.length) {
            throw new IllegalArgumentException(
                    "%d means and %d variances; they must be as many".formatted(mean.length, logvar.length));
        }
    }

    /** -½ Σ (1 + logvar - mean² - e^logvar) over the latent dimensions, in nats. */
    public double kl() {
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
            // Not Math.exp, whose last bit may be another on another machine.
            sum += 1 + (double) logvar[i] - (double) mean[i] * mean[i] - StrictMath.exp(logvar[i]);
        }
        return -0.5 * sum;
    }

    /**
     * What training minimizes, of this image alone and without noise: mse is ½ Σ (reconstruction - image)² over pixels,
     * loss is mse + klWeight · kl. Sums are in float64.
     *
     * @param image (pixels) that was encoded
     * @param reconstruction (pixels) that is decoded from the mean
     */
    public Losses losses(float[] image, float[] reconstruction, double klWeight) {
        if (image.length != reconstruction.length) {
            throw new IllegalArgumentException("the image has %d pixels and its reconstruction %d; they must be as many"
                    .formatted(image.length, reconstruction.length));
        }
        double mse = 0;
        for (int i = 0; i < image.length; i++) {
            double error = (double) reconstruction[i] - image[i];
            mse += error * error / 2;
        }
        double kl = kl();
        return new Losses(mse + klWeight * kl, mse, kl);
    }
}
