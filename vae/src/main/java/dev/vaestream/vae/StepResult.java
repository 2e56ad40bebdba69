package dev.vaestream.vae;

import dev.vaestream.contracts.Losses;

/**
 * What a step measured, before its update.
 *
 * @param learningRate that the update used
 * @param gradientNorm global norm of the gradients
 */
public record StepResult(Losses losses, double learningRate, double gradientNorm) {}
