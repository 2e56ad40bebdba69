package dev.vaestream.sampler;

import dev.vaestream.contracts.Sha256;
import java.util.List;

/**
 * An interpolation as JSON.
 *
 * @param images (classes, steps, height, width), nested; 0 is black and 1 is white, a value may exceed 1
 */
record InterpolationDocument(
        String run, long step, Sha256 paramsDigest, List<Integer> classes, List<List<List<float[]>>> images) {

    static InterpolationDocument of(Interpolation drawn) {
        Checkpoint checkpoint = drawn.checkpoint();
        return new InterpolationDocument(
                checkpoint.manifest().run(),
                checkpoint.manifest().step(),
                checkpoint.paramsDigest(),
                drawn.request().classes(),
                drawn.tiles().nested());
    }
}
