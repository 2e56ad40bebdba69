package dev.vaestream.sampler;

import dev.vaestream.contracts.Sha256;
import java.util.List;

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

    static SamplesDocument of(Samples samples) {
        Checkpoint checkpoint = samples.checkpoint();
        return new SamplesDocument(
                checkpoint.manifest().run(),
                checkpoint.manifest().step(),
                checkpoint.paramsDigest(),
                samples.request().seed(),
                samples.request().first(),
                samples.request().classes(),
                samples.tiles().nested());
    }
}
