package dev.vaestream.sampler;

import dev.vaestream.contracts.Json;
import dev.vaestream.vae.Bucket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Draws the images between two points, each in a call of the same size as every other. */
final class Interpolation {
    private final InterpolationRequest request;

    /** @param request which fits the model */
    Interpolation(InterpolationRequest request) {
        this.request = request;
    }

    /** A row for each class, a column for each step. */
    Tiles draw(Model model) {
        Checkpoint checkpoint = model.checkpoint();
        int latentDim = checkpoint.model().latentDim();
        int pixels = checkpoint.shape().pixels();
        float[] latents = request.latents(latentDim);
        float[] values = new float[Math.toIntExact(request.pixels(checkpoint))];
        for (int row = 0; row < request.classes().size(); row++) {
            int[] labels = new int[Bucket.SIZE];
            Arrays.fill(labels, request.classes().get(row));
            for (int first = 0; first < request.steps(); first += Bucket.SIZE) {
                int wanted = Math.min(Bucket.SIZE, request.steps() - first);
                float[] bucket = new float[Bucket.SIZE * latentDim];
                System.arraycopy(latents, first * latentDim, bucket, 0, wanted * latentDim);
                float[] images = model.decoder().decode(bucket, labels);
                System.arraycopy(images, 0, values, (row * request.steps() + first) * pixels, wanted * pixels);
            }
        }
        return new Tiles(checkpoint.shape(), request.classes().size(), request.steps(), values);
    }

    /** What the picture says of itself, by keyword. */
    SortedMap<String, String> text(Checkpoint checkpoint) {
        SortedMap<String, String> text = new TreeMap<>();
        text.put("Software", "vaestream");
        text.put("vaestream.run", checkpoint.manifest().run());
        text.put("vaestream.step", Long.toString(checkpoint.manifest().step()));
        text.put("vaestream.paramsDigest", checkpoint.paramsDigest().hex());
        text.put("vaestream.interpolation", new String(Json.write(request), StandardCharsets.UTF_8));
        return text;
    }
}
