package dev.vaestream.sampler;

import dev.vaestream.learning.random.PrngKey;
import java.util.Arrays;

/**
 * Makes images. Image i of a class is decoded from {@code fold_in(fold_in(PRNGKey(seed), class), i)}'s normal latent,
 * always in the same company: its bucket, the {@value #BUCKET} images of that class and seed around it, is decoded
 * whole. So an image's bytes cannot depend on what else a request asks for, even where a kernel's sums depend on the
 * number of rows or on a row's place.
 */
final class Sampler {
    static final int BUCKET = 10;

    private Sampler() {}

    /** @param request with its classes named */
    static Samples draw(Model model, SampleRequest request) {
        int pixels = model.checkpoint().shape().pixels();
        int count = request.count();
        float[] values = new float[Math.multiplyExact(request.classes().size() * count, pixels)];
        for (int row = 0; row < request.classes().size(); row++) {
            PrngKey key = PrngKey.of(request.seed()).foldIn(request.classes().get(row));
            for (int first = 0; first < count; first += BUCKET) {
                float[] bucket = decode(model, key, request.classes().get(row), first);
                int wanted = Math.min(BUCKET, count - first) * pixels;
                System.arraycopy(bucket, 0, values, (row * count + first) * pixels, wanted);
            }
        }
        return new Samples(model.checkpoint(), request, values);
    }

    private static float[] decode(Model model, PrngKey key, int label, int first) {
        int latentDim = model.checkpoint().model().latentDim();
        float[] latents = new float[BUCKET * latentDim];
        for (int i = 0; i < BUCKET; i++) {
            System.arraycopy(key.foldIn(first + i).normal(latentDim), 0, latents, i * latentDim, latentDim);
        }
        int[] labels = new int[BUCKET];
        Arrays.fill(labels, label);
        return model.decoder().decode(latents, labels);
    }
}
