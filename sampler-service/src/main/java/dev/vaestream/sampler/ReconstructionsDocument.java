package dev.vaestream.sampler;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.Sha256;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reconstructions as JSON.
 *
 * @param klWeight of the run: loss = mse + klWeight · kl
 * @param images in the order in which they were sent
 */
record ReconstructionsDocument(String run, long step, Sha256 paramsDigest, double klWeight, List<OfImage> images) {
    /**
     * One image.
     *
     * @param mean of its posterior (latentDim), which is what was decoded
     * @param logvar logarithm of its posterior's variance (latentDim)
     * @param nearestClass the one with the least loss; absent where the request names the class
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, compared by nobody
    record OfImage(float[] mean, float[] logvar, @Nullable Integer nearestClass, List<OfClass> classes) {}

    /**
     * One image under one class.
     *
     * @param loss mse + klWeight · kl
     * @param mse ½ Σ (reconstruction - image)² over pixels
     * @param kl of its posterior from N(0, I), in nats; the same under every class
     * @param reconstruction (height, width), nested; 0 is black and 1 is white, a value may exceed 1
     */
    record OfClass(
            @JsonProperty("class") int label,
            double loss,
            double mse,
            double kl,
            @Nullable List<float[]> reconstruction) {}

    static ReconstructionsDocument of(Reconstructions drawn, boolean withPixels) {
        Checkpoint checkpoint = drawn.checkpoint();
        return new ReconstructionsDocument(
                checkpoint.manifest().run(),
                checkpoint.manifest().step(),
                checkpoint.paramsDigest(),
                checkpoint.identity().spec().klWeight(),
                IntStream.range(0, drawn.rows().size())
                        .mapToObj(row -> ofImage(drawn, row, withPixels))
                        .toList());
    }

    private static OfImage ofImage(Reconstructions drawn, int row, boolean withPixels) {
        Reconstruction image = drawn.rows().get(row);
        List<Integer> classes = drawn.request().classes();
        return new OfImage(
                image.posterior().mean(),
                image.posterior().logvar(),
                drawn.request().allClasses() ? classes.get(image.nearest()) : null,
                IntStream.range(0, classes.size())
                        .mapToObj(column -> ofClass(
                                classes.get(column),
                                image.losses().get(column),
                                withPixels ? drawn.tiles().lines(row, column) : null))
                        .toList());
    }

    private static OfClass ofClass(int label, Losses losses, @Nullable List<float[]> reconstruction) {
        return new OfClass(label, losses.loss(), losses.mse(), losses.kl(), reconstruction);
    }
}
