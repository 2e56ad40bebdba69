package dev.vaestream.sampler;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The images between two points, as JSON.
 *
 * @param steps images in a row, both ends among them; 1 to 100
 * @param path spherical where it is absent
 */
record InterpolationRequest(
        LatentPoint from,
        LatentPoint to,
        int steps,
        @Nullable LatentPath path) {
    private static final int MAX_STEPS = 100;

    InterpolationRequest {
        if (steps < 1 || steps > MAX_STEPS) {
            throw new IllegalArgumentException("steps is %d; it must be 1 to %d".formatted(steps, MAX_STEPS));
        }
    }

    /** A row each: that of the beginning, and that of the end where it is another. */
    List<Integer> classes() {
        return Stream.of(from.label(), to.label()).distinct().toList();
    }

    /** (steps, latentDim), row-major. */
    float[] latents(Model model) {
        return (path == null ? LatentPath.SPHERICAL : path).points(from.values(model), to.values(model), steps);
    }

    /** @throws InvalidQueryException where the model has no such class, or the images are more than {@code maxPixels} */
    void requireFit(Checkpoint checkpoint, long maxPixels) {
        new SampleRequest(classes(), steps, 0).of(checkpoint.model().classes(), checkpoint.shape(), maxPixels);
    }

    long pixels(Checkpoint checkpoint) {
        return (long) classes().size() * steps * checkpoint.shape().pixels();
    }
}
