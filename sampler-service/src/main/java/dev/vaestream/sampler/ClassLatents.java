package dev.vaestream.sampler;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Where the images of a class lie in the latent space, by dimension.
 *
 * @param images how many were encoded
 * @param mean of their latents
 * @param standardDeviation of their latents: of the mixture of their posteriors
 * @param strength how much a dimension tells these images apart: the variance of their posteriors' means
 * @param strongest the dimensions from the strongest on; of equal ones the first
 */
record ClassLatents(
        int images, List<Double> mean, List<Double> standardDeviation, List<Double> strength, List<Integer> strongest) {

    static ClassLatents of(LatentMoments moments, int latentDim) {
        List<Double> strength = each(latentDim, moments::varianceOfMeans);
        return new ClassLatents(
                moments.images(),
                each(latentDim, moments::mean),
                each(latentDim, dimension -> Math.sqrt(moments.variance(dimension))),
                strength,
                IntStream.range(0, latentDim)
                        .boxed()
                        .sorted(Comparator.comparing(strength::get).reversed())
                        .toList());
    }

    private static List<Double> each(int latentDim, IntToDoubleFunction value) {
        return IntStream.range(0, latentDim).mapToDouble(value).boxed().toList();
    }
}
