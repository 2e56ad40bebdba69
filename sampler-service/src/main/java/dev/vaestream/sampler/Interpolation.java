package dev.vaestream.sampler;

import dev.vaestream.contracts.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Draws the images between two points. */
final class Interpolation {
    private final InterpolationRequest request;

    /** @param request which fits the model */
    Interpolation(InterpolationRequest request) {
        this.request = request;
    }

    /** A row for each class, a column for each step. */
    Tiles draw(Model model) {
        Checkpoint checkpoint = model.checkpoint();
        int pixels = checkpoint.shape().pixels();
        int steps = request.steps();
        float[] latents = request.latents(checkpoint.model().latentDim());
        float[] values = new float[Math.toIntExact(request.pixels(checkpoint))];
        int[] labels = new int[steps];
        for (int row = 0; row < request.classes().size(); row++) {
            Arrays.fill(labels, request.classes().get(row));
            System.arraycopy(model.decoder().decode(latents, labels), 0, values, row * steps * pixels, steps * pixels);
        }
        return new Tiles(checkpoint.shape(), request.classes().size(), steps, values);
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
