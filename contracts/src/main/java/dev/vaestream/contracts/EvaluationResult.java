package dev.vaestream.contracts;

/**
 * What a checkpoint's parameters were measured to be on the batches of the run's {@link EvaluationSpec}.
 *
 * @param losses mean over the batches
 * @param batches that were good by their own bytes
 * @param inputDigest chain of the SHA-256 of every record read; two results with the same compare
 */
public record EvaluationResult(Losses losses, long batches, Sha256 inputDigest) {
    public EvaluationResult {
        Checks.atLeast("batches", 1, batches);
    }
}
