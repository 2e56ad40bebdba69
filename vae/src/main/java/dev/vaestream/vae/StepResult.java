package dev.vaestream.vae;

import dev.vaestream.contracts.Losses;

/**
 * What a step measured, before its update.
 *
 * @param learningRate that the update used
 * @param gradientNorm global norm of the gradients that were computed: of frozen parameters there are none, unless they
 *     are clipped with the rest
 */
public record StepResult(Losses losses, double learningRate, double gradientNorm) {}
