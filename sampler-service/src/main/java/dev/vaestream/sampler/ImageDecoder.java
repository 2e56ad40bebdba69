package dev.vaestream.sampler;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.StoredArray;
import java.util.SortedMap;

/** The decoder of one checkpoint. Many threads may use it at once; none after it is closed. */
interface ImageDecoder extends AutoCloseable {
    /**
     * @param latents (n, latentDim), row-major
     * @param classes (n)
     * @return (n, pixels), row-major, each image a function of its own latent and class alone; 0 is black, 1 is white, and nothing bounds them above
     */
    float[] decode(float[] latents, int[] classes);

    @Override
    void close();

    /** Makes decoders. */
    interface Factory {
        /** @throws RuntimeException where {@code params} are not those of {@code model} */
        ImageDecoder load(ModelSpec model, SortedMap<String, StoredArray> params);
    }
}
