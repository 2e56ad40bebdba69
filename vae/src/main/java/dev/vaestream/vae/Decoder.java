package dev.vaestream.vae;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.StoredArray;
import java.util.SortedMap;

/**
 * The half of a trained model that makes images: {@code model.apply(params, z, c, method=model.decode)}, in Java and an
 * image at a time. So an image's bits depend on its latent, its class and the parameters alone: not on what it is decoded
 * together with, nor on the machine. Immutable.
 */
public final class Decoder {
    private final ModelSpec model;
    private final DenseRow latentProjection;
    private final DenseRow classProjection;
    private final FeedForwardRow layers;

    private Decoder(ModelSpec model, SortedMap<String, StoredArray> params) {
        int features = model.encoder().get(model.encoder().size() - 1);
        this.model = model;
        this.latentProjection = DenseRow.of(params, "params.post_latent_proj", model.latentDim(), features);
        this.classProjection = DenseRow.of(params, "params.class_proj", model.classes(), features);
        this.layers = FeedForwardRow.of(params, "params.decoder", features, model.decoder());
    }

    /**
     * Takes a trained model's parameters.
     *
     * @param params as in a checkpoint's {@code params.safetensors}
     * @throws IllegalArgumentException where the model needs others; the message names the parameter
     */
    public static Decoder load(ModelSpec model, SortedMap<String, StoredArray> params) {
        return new Decoder(model, params);
    }

    /**
     * Makes n images.
     *
     * @param latents (n, latentDim), row-major
     * @param classes (n), each 0 to classes - 1
     * @return (n, pixels), row-major: 0 is black, 1 is white, and there is no upper bound
     */
    public float[] decode(float[] latents, int[] classes) {
        for (int c : classes) {
            if (c < 0 || c >= model.classes()) {
                throw new IllegalArgumentException("class is " + c + "; it must be 0 to " + (model.classes() - 1));
            }
        }
        int latentDim = model.latentDim();
        if (latents.length != classes.length * latentDim) {
            throw new IllegalArgumentException("%d classes need %d latents of %d numbers, not %d numbers"
                    .formatted(classes.length, classes.length, latentDim, latents.length));
        }
        float[] images = new float[Math.multiplyExact(classes.length, model.pixels())];
        for (int i = 0; i < classes.length; i++) {
            float[] latent = new float[latentDim];
            System.arraycopy(latents, i * latentDim, latent, 0, latentDim);
            System.arraycopy(image(latent, classes[i]), 0, images, i * model.pixels(), model.pixels());
        }
        return images;
    }

    private float[] image(float[] latent, int label) {
        return layers.apply(sum(latentProjection.apply(latent), classProjection.applyOneHot(label)));
    }

    private static float[] sum(float[] x, float[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] += y[i];
        }
        return x;
    }
}
