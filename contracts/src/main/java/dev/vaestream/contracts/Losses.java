package dev.vaestream.contracts;

/**
 * The loss of a step, or a mean of such losses.
 *
 * @param loss mse + klWeight · kl
 * @param mse reconstruction error: half the squared difference, summed over pixels, mean over images
 * @param kl Kullback-Leibler divergence of the latent from N(0, I), mean over images
 */
public record Losses(double loss, double mse, double kl) {}
