package dev.vaestream.vae;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.StoredArray;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * The half of a trained model that {@link Decoder} is not: {@code model.apply(params, x, method=model.encode)}, in Java and
 * an image at a time. So an image's posterior depends on the image and the parameters alone, bit for bit. Immutable.
 */
public final class Encoder {
    private final ModelSpec model;
    private final FeedForwardRow layers;
    private final DenseRow projection;

    private Encoder(ModelSpec model, SortedMap<String, StoredArray> params) {
        List<Integer> dimensions = model.encoder();
        this.model = model;
        this.layers = FeedForwardRow.of(params, "params.encoder", model.pixels(), dimensions);
        this.projection = DenseRow.of(
                params, "params.pre_latent_proj", dimensions.get(dimensions.size() - 1), 2 * model.latentDim());
    }

    /**
     * Takes a trained model's parameters.
     *
     * @param params as in a checkpoint's {@code params.safetensors}
     * @throws IllegalArgumentException where the model needs others; the message names the parameter
     */
    public static Encoder load(ModelSpec model, SortedMap<String, StoredArray> params) {
        return new Encoder(model, params);
    }

    /**
     * Where an image lies in the latent space.
     *
     * @param image (pixels), 0 for black to 1 for white
     */
    public Posterior encode(float[] image) {
        if (image.length != model.pixels()) {
            throw new IllegalArgumentException(
                    "the image has %d pixels; the model's have %d".formatted(image.length, model.pixels()));
        }
        float[] both = projection.apply(layers.apply(image));
        int latentDim = model.latentDim();
        return new Posterior(Arrays.copyOf(both, latentDim), Arrays.copyOfRange(both, latentDim, 2 * latentDim));
    }
}
