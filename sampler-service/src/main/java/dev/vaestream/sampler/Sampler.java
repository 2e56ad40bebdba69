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
            int wanted;
            for (int done = 0; done < count; done += wanted) {
                int index = request.first() + done;
                int place = index % Bucket.SIZE;
                wanted = Math.min(Bucket.SIZE - place, count - done);
                float[] bucket = decode(model, new Bucket(request.classes().get(row), request.seed(), index - place));
                System.arraycopy(bucket, place * pixels, values, (row * count + done) * pixels, wanted * pixels);
            }
        }
        return new Samples(model.checkpoint(), request, values);
    }

    private static float[] decode(Model model, Bucket bucket) {
        return model.decoder().decode(bucket.latents(model.checkpoint().model().latentDim()), bucket.labels());
    }
}
