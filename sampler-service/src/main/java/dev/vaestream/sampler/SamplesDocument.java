package dev.vaestream.sampler;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Samples as JSON.
 *
 * @param firstIndex of the first image of each class
 * @param images (classes, count, height, width), nested; 0 is black and 1 is white, a value may exceed 1
 */
record SamplesDocument(
        String run,
        long step,
        Sha256 paramsDigest,
        long seed,
        int firstIndex,
        List<Integer> classes,
        List<List<List<float[]>>> images) {

    static void write(Samples samples, OutputStream out) throws IOException {
        Json.mapper().writeValue(out, of(samples));
    }

    static SamplesDocument of(Samples samples) {
        Checkpoint checkpoint = samples.checkpoint();
        return new SamplesDocument(
                checkpoint.manifest().run(),
                checkpoint.manifest().step(),
                checkpoint.paramsDigest(),
                samples.request().seed(),
                samples.request().first(),
                samples.request().classes(),
                nested(samples));
    }

    private static List<List<List<float[]>>> nested(Samples samples) {
        return listed(
                samples.rows(),
                row -> listed(
                        samples.columns(),
                        column -> listed(samples.shape().height(), line -> pixels(samples, row, column, line))));
    }

    private static float[] pixels(Samples samples, int row, int column, int line) {
        int from = samples.offset(row, column, line);
        return Arrays.copyOfRange(samples.values(), from, from + samples.shape().width());
    }

    private static <T> List<T> listed(int size, IntFunction<T> element) {
        return IntStream.range(0, size).mapToObj(element).toList();
    }
}
