package dev.vaestream.sampler;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Losses;
import dev.vaestream.vae.Posterior;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Images, encoded and decoded again: a row for each, a column for each class. */
record Reconstructions(Checkpoint checkpoint, ReconstructionRequest request, List<Reconstruction> rows, Tiles tiles)
        implements Drawing {
    Reconstructions {
        rows = List.copyOf(rows);
    }

    /**
     * Encodes each image alone, so that nothing depends on what else is asked for.
     *
     * @throws InvalidQueryException where an image has another size than the model's
     * @throws UnfitCheckpointException where what the model makes is not finite
     */
    static Reconstructions draw(Model model, ReconstructionRequest request) {
        Checkpoint checkpoint = model.checkpoint();
        int pixels = checkpoint.shape().pixels();
        int columns = request.classes().size();
        float[] values = new float[Math.toIntExact(request.pixels(checkpoint))];
        List<Reconstruction> rows = new ArrayList<>();
        for (InputImage image : request.images()) {
            Posterior posterior = image.encoded(model);
            List<Losses> losses = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                int[] label = {request.classes().get(column)};
                float[] decoded = model.decoder().decode(posterior.mean(), label);
                System.arraycopy(decoded, 0, values, (rows.size() * columns + column) * pixels, pixels);
                losses.add(losses(checkpoint, posterior, image, decoded));
            }
            rows.add(new Reconstruction(posterior, losses));
        }
        return new Reconstructions(
                checkpoint, request, rows, new Tiles(checkpoint.shape(), rows.size(), columns, values));
    }

    private static Losses losses(Checkpoint checkpoint, Posterior posterior, InputImage image, float[] decoded) {
        Losses losses = posterior.losses(
                image.pixels(), decoded, checkpoint.identity().spec().klWeight());
        if (!Double.isFinite(losses.loss())) {
            throw new UnfitCheckpointException(
                    "Checkpoint %s decodes the image to what is not finite".formatted(checkpoint.name()));
        }
        return losses;
    }

    @Override
    public SortedMap<String, String> text() {
        SortedMap<String, String> text = checkpoint.text();
        List<List<ReconstructionsDocument.OfClass>> losses = ReconstructionsDocument.of(this, false).images().stream()
                .map(ReconstructionsDocument.OfImage::classes)
                .toList();
        text.put("vaestream.reconstructions", new String(Json.write(losses), StandardCharsets.UTF_8));
        return text;
    }

    @Override
    public ReconstructionsDocument document() {
        return ReconstructionsDocument.of(this, true);
    }

    /** The nearest class of each image, which is the given one where one is given. */
    String nearestClasses() {
        return rows.stream()
                .map(row -> request.classes().get(row.nearest()).toString())
                .collect(Collectors.joining(","));
    }

    /** One of the losses of each image under its nearest class. */
    String nearestLosses(ToDoubleFunction<Losses> one) {
        return rows.stream()
                .map(row -> Double.toString(one.applyAsDouble(row.losses().get(row.nearest()))))
                .collect(Collectors.joining(","));
    }
}
