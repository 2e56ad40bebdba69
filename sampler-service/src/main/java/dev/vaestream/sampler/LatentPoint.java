package dev.vaestream.sampler;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vaestream.vae.Latents;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in the latent space and the class that is drawn there: a sample's, an image's, or one that is given.
 *
 * @param seed of the sample, 0 to 2³² - 1; 0 where it is absent
 * @param index of the sample; 0 where it is absent
 * @param latent in place of the sample's: as many numbers as the model has latent dimensions
 * @param image in place of the sample's: one that is encoded, to the mean of its posterior
 */
record LatentPoint(
        @JsonProperty("class") int label,
        @Nullable Long seed,
        @Nullable Integer index,
        @Nullable List<Double> latent,
        @Nullable InputImage image) {
    // Far beyond what a normal gives, and far from where a decoder's sums overflow.
    private static final double MAX_LATENT = 100;

    LatentPoint {
        require(label >= 0, "class", label, "at least 0");
        require(
                seed == null || (seed >= 0 && seed <= SampleRequest.MAX_SEED),
                "seed",
                seed,
                "0 to " + SampleRequest.MAX_SEED);
        require(
                index == null || (index >= 0 && index <= SampleRequest.MAX_INDEX),
                "index",
                index,
                "0 to " + SampleRequest.MAX_INDEX);
        boolean isSample = seed != null || index != null;
        if (image != null && (latent != null || isSample)) {
            throw new IllegalArgumentException("image is given beside latent, seed or index; a point has one place");
        }
        if (latent != null) {
            if (isSample) {
                throw new IllegalArgumentException("latent is given beside seed or index; a point has one place");
            }
            latent = List.copyOf(latent);
            for (double value : latent) {
                require(Math.abs(value) <= MAX_LATENT, "a number of latent", value, "-100 to 100");
            }
        }
    }

    /**
     * (latentDim).
     *
     * @throws InvalidQueryException where it has other dimensions, or its image another size
     * @throws UnfitCheckpointException where the model makes nothing finite of its image
     */
    float[] values(Model model) {
        if (image != null) {
            return image.encoded(model).mean();
        }
        int latentDim = model.checkpoint().model().latentDim();
        if (latent == null) {
            return sample(latentDim);
        }
        if (latent.size() != latentDim) {
            throw new InvalidQueryException(
                    "latent has %d numbers; the model has %d dimensions".formatted(latent.size(), latentDim));
        }
        float[] values = new float[latentDim];
        for (int i = 0; i < latentDim; i++) {
            values[i] = latent.get(i).floatValue();
        }
        return values;
    }

    private float[] sample(int latentDim) {
        return Latents.of(label, seed == null ? 0 : seed, index == null ? 0 : index, 1, latentDim);
    }

    private static void require(boolean holds, String what, @Nullable Object value, String accepted) {
        if (!holds) {
            throw new IllegalArgumentException("%s is %s; it must be %s".formatted(what, value, accepted));
        }
    }
}
