package dev.vaestream.sampler;

import dev.vaestream.vae.Latents;
import java.util.Arrays;

/** Makes images. What else a request asks for cannot change one, as the decoder makes each alone. */
final class Sampler {
    private Sampler() {}

    /** @param request with its classes named */
    static Samples draw(Model model, SampleRequest request) {
        int pixels = model.checkpoint().shape().pixels();
        int latentDim = model.checkpoint().model().latentDim();
        int count = request.count();
        float[] values = new float[Math.multiplyExact(request.classes().size() * count, pixels)];
        int[] labels = new int[count];
        for (int row = 0; row < request.classes().size(); row++) {
            int label = request.classes().get(row);
            Arrays.fill(labels, label);
            float[] latents = Latents.of(label, request.seed(), request.first(), count, latentDim);
            System.arraycopy(model.decoder().decode(latents, labels), 0, values, row * count * pixels, count * pixels);
        }
        return new Samples(model.checkpoint(), request, values);
    }
}
