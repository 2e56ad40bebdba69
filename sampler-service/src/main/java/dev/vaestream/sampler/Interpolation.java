package dev.vaestream.sampler;

import dev.vaestream.contracts.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;

/** The images between two points: a row for each class, a column for each step. */
record Interpolation(Checkpoint checkpoint, InterpolationRequest request, Tiles tiles) implements Drawing {
    /**
     * @param request which fits the model
     * @throws InvalidQueryException where a point has other dimensions or another size than the model's
     */
    static Interpolation draw(Model model, InterpolationRequest request) {
        Checkpoint checkpoint = model.checkpoint();
        int pixels = checkpoint.shape().pixels();
        int steps = request.steps();
        float[] latents = request.latents(model);
        float[] values = new float[Math.toIntExact(request.pixels(checkpoint))];
        int[] labels = new int[steps];
        for (int row = 0; row < request.classes().size(); row++) {
            Arrays.fill(labels, request.classes().get(row));
            System.arraycopy(model.decoder().decode(latents, labels), 0, values, row * steps * pixels, steps * pixels);
        }
        return new Interpolation(
                checkpoint,
                request,
                new Tiles(checkpoint.shape(), request.classes().size(), steps, values));
    }

    @Override
    public SortedMap<String, String> text() {
        SortedMap<String, String> text = checkpoint.text();
        text.put("vaestream.interpolation", new String(Json.write(request), StandardCharsets.UTF_8));
        return text;
    }

    @Override
    public InterpolationDocument document() {
        return InterpolationDocument.of(this);
    }
}
