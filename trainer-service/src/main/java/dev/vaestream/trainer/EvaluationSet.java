package dev.vaestream.trainer;

import dev.vaestream.contracts.CheckpointMetric;
import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.EvaluationResult;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.vae.EvaluationBatch;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a run is evaluated on, whole in memory.
 *
 * @param stream that the batches are from
 * @param batches those that are good by their own bytes, in order
 * @param inputDigest chain of the SHA-256 of every record read
 */
record EvaluationSet(String stream, List<EvaluationBatch> batches, Sha256 inputDigest) {
    EvaluationSet {
        batches = List.copyOf(batches);
    }

    /** @throws RunFailedException where the newest checkpoint that was evaluated was so on something else */
    void requireSame(String run, CheckpointClient checkpoints) {
        evaluated(run, checkpoints).ifPresent(manifest -> {
            EvaluationResult before = manifest.evaluation();
            if (before != null && !before.inputDigest().equals(inputDigest)) {
                throw new RunFailedException(
                        manifest.step(),
                        "stream '%s' is not the one that checkpoint %s/%d was evaluated on: its records had digest %s and have %s; restore the topic, or begin another run"
                                .formatted(
                                        stream,
                                        manifest.run(),
                                        manifest.step(),
                                        before.inputDigest().abbreviated(),
                                        inputDigest.abbreviated()));
            }
        });
    }

    private static Optional<Manifest> evaluated(String run, CheckpointClient checkpoints) {
        return checkpoints.checkpoints(run).stream()
                .filter(summary -> summary.metrics().containsKey(CheckpointMetric.EVALUATION_LOSS))
                .map(CheckpointSummary::step)
                .max(Comparator.naturalOrder())
                .flatMap(step -> checkpoints.checkpoint(run, step));
    }
}
