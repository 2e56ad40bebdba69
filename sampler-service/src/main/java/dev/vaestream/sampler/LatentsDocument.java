package dev.vaestream.sampler;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vaestream.contracts.Sha256;

/**
 * Where a class lies in the latent space of a checkpoint, as JSON.
 *
 * @param latents by dimension
 */
record LatentsDocument(
        String run,
        long step,
        Sha256 paramsDigest,
        @JsonProperty("class") int label,
        ClassLatents latents) {

    static LatentsDocument of(Checkpoint checkpoint, int label, ClassLatents latents) {
        return new LatentsDocument(
                checkpoint.manifest().run(), checkpoint.manifest().step(), checkpoint.paramsDigest(), label, latents);
    }
}
