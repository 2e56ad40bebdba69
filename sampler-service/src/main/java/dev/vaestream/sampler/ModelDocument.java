package dev.vaestream.sampler;

import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.Sha256;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The served model as JSON.
 *
 * @param steps that the run is to have in the end
 * @param losses mean over the epoch until the checkpoint; absent for one without a step
 * @param committedAt when the trainer made the checkpoint
 * @param loadedAt when this service began to serve it
 */
record ModelDocument(
        String run,
        long step,
        long steps,
        Sha256 manifestDigest,
        Sha256 paramsDigest,
        Sha256 specDigest,
        ImageShape shape,
        int classes,
        int latentDim,
        @Nullable Losses losses,
        Instant committedAt,
        Instant loadedAt) {

    static ModelDocument of(Model model) {
        Checkpoint checkpoint = model.checkpoint();
        return new ModelDocument(
                checkpoint.manifest().run(),
                checkpoint.manifest().step(),
                checkpoint.identity().spec().steps(),
                checkpoint.manifest().digest(),
                checkpoint.paramsDigest(),
                checkpoint.identity().specDigest(),
                checkpoint.shape(),
                checkpoint.model().classes(),
                checkpoint.model().latentDim(),
                checkpoint.manifest().losses(),
                checkpoint.manifest().createdAt(),
                model.loadedAt());
    }
}
