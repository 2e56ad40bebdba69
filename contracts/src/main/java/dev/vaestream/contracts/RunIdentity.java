package dev.vaestream.contracts;

/**
 * What a run is, for ever: {@code runs/<run>/run.json}. A trainer whose identity of the same run differs is refused.
 *
 * @param specDigest SHA-256 of the spec's JSON
 * @param shape of the stream's images
 * @param batchSize images in a batch of the stream
 * @param topic its batches are read from
 * @param topicId Kafka's, which changes when a topic is made anew
 * @param clusterId Kafka's
 * @param graphDigest SHA-256 of the training graph
 * @param numeric fingerprint of the machine that began it
 */
public record RunIdentity(
        String run,
        RunSpec spec,
        Sha256 specDigest,
        ImageShape shape,
        int batchSize,
        String topic,
        String topicId,
        String clusterId,
        Sha256 graphDigest,
        NumericFingerprint numeric) {
    public RunIdentity {
        Checks.name("run", run);
        Checks.between("batchSize", 1, Batch.MAX_SIZE, batchSize);
        Checks.check(specDigest.equals(spec.digest()), "specDigest is %s; the spec's is %s", specDigest, spec.digest());
    }
}
