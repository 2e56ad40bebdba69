package dev.vaestream.vae;

import dev.vaestream.learning.random.PrngKey;
import java.util.Arrays;

/**
 * Samples of one class and seed that are always decoded together. Image i is decoded from
 * {@code fold_in(fold_in(PRNGKey(seed), class), i)}'s normal latent, in the company of its bucket whatever else is asked
 * for: so its bytes depend on nothing else, even where a kernel's sums depend on the number of rows or on a row's place.
 *
 * @param label the images' class
 * @param seed 0 to 2³² - 1
 * @param first index of its first image, a multiple of {@link #SIZE}
 */
public record Bucket(int label, long seed, int first) {
    public static final int SIZE = 10;

    public Bucket {
        if (first < 0 || first % SIZE != 0) {
            throw new IllegalArgumentException("first is %d; it must be a multiple of %d".formatted(first, SIZE));
        }
    }

    /** What the images are decoded from, (SIZE, latentDim), row-major. */
    public float[] latents(int latentDim) {
        PrngKey key = PrngKey.of(seed).foldIn(label);
        float[] latents = new float[SIZE * latentDim];
        for (int i = 0; i < SIZE; i++) {
            System.arraycopy(key.foldIn(first + i).normal(latentDim), 0, latents, i * latentDim, latentDim);
        }
        return latents;
    }

    /** The class of each, (SIZE). */
    public int[] labels() {
        int[] labels = new int[SIZE];
        Arrays.fill(labels, label);
        return labels;
    }
}
