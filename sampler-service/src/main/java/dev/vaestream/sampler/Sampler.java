package dev.vaestream.sampler;

import dev.vaestream.vae.Bucket;

/** Makes images, each {@link Bucket} whole, so that an image's bytes cannot depend on what else a request asks for. */
final class Sampler {
    private Sampler() {}

    /** @param request with its classes named */
    static Samples draw(Model model, SampleRequest request) {
        int pixels = model.checkpoint().shape().pixels();
        int count = request.count();
        float[] values = new float[Math.multiplyExact(request.classes().size() * count, pixels)];
        for (int row = 0; row < request.classes().size(); row++) {
            for (int first = 0; first < count; first += Bucket.SIZE) {
                float[] bucket = decode(model, new Bucket(request.classes().get(row), request.seed(), first));
                int wanted = Math.min(Bucket.SIZE, count - first) * pixels;
                System.arraycopy(bucket, 0, values, (row * count + first) * pixels, wanted);
            }
        }
        return new Samples(model.checkpoint(), request, values);
    }

    private static float[] decode(Model model, Bucket bucket) {
        return model.decoder().decode(bucket.latents(model.checkpoint().model().latentDim()), bucket.labels());
    }
}
