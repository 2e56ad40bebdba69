package dev.vaestream.sampler;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.vae.Posterior;
import java.util.SortedMap;

/** The decoder of one checkpoint, and its encoder. Many threads may use it at once; none after it is closed. */
interface ImageDecoder extends AutoCloseable {
    /**
     * @param latents (n, latentDim), row-major
     * @param classes (n)
     * @return (n, pixels), row-major, each image a function of its own latent and class alone; 0 is black, 1 is white, and nothing bounds them above
     */
    float[] decode(float[] latents, int[] classes);

    /**
     * Where an image lies in the latent space, a function of the image alone.
     *
     * @param image (pixels), 0 for black to 1 for white
     */
    Posterior encode(float[] image);

    @Override
    void close();

    /** Makes decoders. */
    interface Factory {
        /** @throws RuntimeException where {@code params} are not those of {@code model} */
        ImageDecoder load(ModelSpec model, SortedMap<String, StoredArray> params);
    }
}
