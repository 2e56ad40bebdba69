package dev.vaestream.sampler;

import dev.vaestream.vae.Posterior;

/**
 * Adds up where images lie in the latent space, without keeping their posteriors. Not for many threads.
 *
 * @see <a href="https://doi.org/10.1080/00401706.1962.10490022">Welford, the running mean and variance</a>
 */
final class LatentMoments {
    private final double[] mean;
    private final double[] squares;
    private final double[] variances;
    private int images;

    LatentMoments(int latentDim) {
        this.mean = new double[latentDim];
        this.squares = new double[latentDim];
        this.variances = new double[latentDim];
    }

    void add(Posterior posterior) {
        images++;
        for (int i = 0; i < mean.length; i++) {
            double difference = posterior.mean()[i] - mean[i];
            mean[i] += difference / images;
            squares[i] += difference * (posterior.mean()[i] - mean[i]);
            variances[i] += StrictMath.exp(posterior.logvar()[i]);
        }
    }

    int images() {
        return images;
    }

    /** Mean over the images. */
    double mean(int dimension) {
        return mean[dimension];
    }

    /** Variance of the posteriors' means over the images, 0 of a dimension that says nothing about an image. */
    double varianceOfMeans(int dimension) {
        return squares[dimension] / images;
    }

    /** Variance of latents that are drawn from the posteriors: that of their means, and the mean of their variances. */
    double variance(int dimension) {
        return varianceOfMeans(dimension) + variances[dimension] / images;
    }
}
