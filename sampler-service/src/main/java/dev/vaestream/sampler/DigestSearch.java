package dev.vaestream.sampler;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.Sha256;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the checkpoint whose manifest or parameters have a digest. */
final class DigestSearch {
    /** As many manifests are read, one call each, before a search is given up. */
    private static final int MAX_MANIFESTS = 1_000;

    private final CheckpointClient client;

    DigestSearch(CheckpointClient client) {
        this.client = client;
    }

    /**
     * Looks where it costs least first: at the newest manifests, at the lists of checkpoints, and only then, for the digest
     * of older parameters, at every manifest.
     *
     * @param only the only run that is looked into, where it is set
     * @throws NoCheckpointException where it is not found
     */
    Checkpoint find(Sha256 digest, Optional<String> only) {
        List<RunStatus> runs = only.map(client::requireRun)
                .map(List::of)
                .orElseGet(() -> client.runs().readable());
        return runs.stream()
                .flatMap(run -> newest(run).stream())
                .filter(checkpoint -> has(checkpoint.manifest(), digest))
                .findFirst()
                .or(() -> runs.stream().flatMap(run -> listed(run, digest)).findFirst())
                .or(() -> runs.stream()
                        .flatMap(this::older)
                        .limit(MAX_MANIFESTS)
                        .filter(checkpoint -> has(checkpoint.manifest(), digest))
                        .findFirst())
                .orElseThrow(() -> new NoCheckpointException(
                        "There is no checkpoint whose manifest or parameters have SHA-256 %s%s; it may be deleted"
                                .formatted(
                                        digest,
                                        only.map(" in run %s"::formatted).orElse(""))));
    }

    /** Empty where it is gone, or cannot be read. */
    Optional<Checkpoint> find(String run, long step) {
        return client.run(run).flatMap(status -> checkpoint(status, step));
    }

    private static Optional<Checkpoint> newest(RunStatus run) {
        return Optional.ofNullable(run.latest())
                .filter(DigestSearch::hasParams)
                .map(manifest -> new Checkpoint(run.identity(), manifest));
    }

    private Stream<Checkpoint> listed(RunStatus run, Sha256 digest) {
        return client.summaries(run.identity().run()).stream()
                .filter(summary -> summary.digest().equals(digest))
                .map(CheckpointSummary::step)
                .flatMap(step -> checkpoint(run, step).stream());
    }

    private Stream<Checkpoint> older(RunStatus run) {
        return run.steps().stream().sorted(Comparator.reverseOrder()).flatMap(step -> checkpoint(run, step).stream());
    }

    private Optional<Checkpoint> checkpoint(RunStatus run, long step) {
        try {
            return client.manifest(run.identity().run(), step)
                    .filter(DigestSearch::hasParams)
                    .map(manifest -> new Checkpoint(run.identity(), manifest));
        } catch (CheckpointServiceException e) {
            if (e.isAboutStorage()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean hasParams(Manifest manifest) {
        return manifest.blobs().stream().anyMatch(blob -> blob.name().equals(Blob.PARAMS));
    }

    private static boolean has(Manifest manifest, Sha256 digest) {
        return manifest.digest().equals(digest)
                || manifest.blob(Blob.PARAMS).sha256().equals(digest);
    }
}
