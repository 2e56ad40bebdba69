package dev.vaestream.vae;

import dev.vaestream.learning.random.PrngKey;

/** What samples are decoded from: image i of a class and a seed from {@code fold_in(fold_in(PRNGKey(seed), class), i)}'s normal. */
public final class Latents {
    private Latents() {}

    /**
     * Those of {@code count} images from index {@code first} on.
     *
     * @param seed 0 to 2³² - 1
     * @return (count, latentDim), row-major
     */
    public static float[] of(int label, long seed, int first, int count, int latentDim) {
        PrngKey key = PrngKey.of(seed).foldIn(label);
        float[] latents = new float[Math.multiplyExact(count, latentDim)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(key.foldIn(first + i).normal(latentDim), 0, latents, i * latentDim, latentDim);
        }
        return latents;
    }
}
