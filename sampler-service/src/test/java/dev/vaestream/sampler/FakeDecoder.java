package dev.vaestream.sampler;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.vae.Posterior;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Images that tell what they were made of: every pixel is twice the brightness plus the class plus the first latent's size. */
final class FakeDecoder implements ImageDecoder {
    private final ModelSpec model;
    private final float brightness;
    private final AtomicInteger closes = new AtomicInteger();

    FakeDecoder(ModelSpec model, float brightness) {
        this.model = model;
        this.brightness = brightness;
    }

    /** @throws IllegalArgumentException where there is no array {@code params.brightness} */
    static FakeDecoder load(ModelSpec model, SortedMap<String, StoredArray> params) {
        StoredArray brightness = params.get("params.brightness");
        if (brightness == null) {
            throw new IllegalArgumentException("there is no params.brightness in " + params.keySet());
        }
        return new FakeDecoder(model, brightness.floats()[0]);
    }

    @Override
    public float[] decode(float[] latents, int[] classes) {
        if (closes.get() > 0) {
            throw new IllegalStateException("used after it was closed");
        }
        if (latents.length != classes.length * model.latentDim()) {
            throw new IllegalArgumentException(latents.length + " latents for " + classes.length + " classes");
        }
        float[] images = new float[classes.length * model.pixels()];
        for (int i = 0; i < images.length; i++) {
            int row = i / model.pixels();
            // A large brightness overflows, as a diverged model does.
            images[i] = brightness * 2 + classes[row] + Math.abs(latents[row * model.latentDim()]);
        }
        return images;
    }

    /** The first latent is the image's first pixel, the others and all logarithms of variances are zero. */
    @Override
    public Posterior encode(float[] image) {
        float[] mean = new float[model.latentDim()];
        mean[0] = image[0];
        return new Posterior(mean, new float[model.latentDim()]);
    }

    @Override
    public void close() {
        closes.incrementAndGet();
    }

    int closes() {
        return closes.get();
    }
}
