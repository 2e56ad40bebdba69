package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes a checkpoint exist: every check first, then one object that is created. */
final class Committer {
    private static final Logger LOG = Logger.getLogger(Committer.class);

    private final RunStore runs;
    private final ManifestStore manifests;
    private final BlobStore blobs;
    private final PendingCommits commits;
    private final BlobSweeper sweeper;

    Committer(RunStore runs, ManifestStore manifests, BlobStore blobs, PendingCommits commits, BlobSweeper sweeper) {
        this.runs = runs;
        this.manifests = manifests;
        this.blobs = blobs;
        this.commits = commits;
        this.sweeper = sweeper;
    }

    /**
     * Commits. The same state again, whoever wrote it, is a success for the run's writer: the run is deterministic.
     *
     * @return whether the checkpoint is new
     * @throws RefusedException where another trainer has the run, the step has another state, the manifest does not
     *     follow the newest one, or blobs are missing
     */
    boolean commit(Manifest manifest) {
        CheckpointId id = CheckpointId.of(manifest);
        requireWriter(manifest);
        Optional<Manifest> held = heldAt(id);
        if (held.filter(manifest::sameStateAs).isPresent()) {
            return false;
        }
        held.ifPresent(other -> requireSameState(manifest, other));
        requireParent(manifest);
        return commits.during(manifest, () -> create(manifest));
    }

    private boolean create(Manifest manifest) {
        CrashPoint.BLOB_VERIFY.around(() -> requireBlobs(manifest));
        CheckpointId id = CheckpointId.of(manifest);
        if (CrashPoint.MANIFEST_PUT.around(() -> manifests.create(manifest))) {
            LOG.infof("checkpoint %s is committed", id);
            return true;
        }
        Optional<Manifest> other = manifests.read(id);
        other.ifPresent(held -> requireSameState(manifest, held));
        // Gone again since it was in the way: another service has ended its retirement.
        return other.isEmpty() && create(manifest);
    }

    private Optional<Manifest> heldAt(CheckpointId id) {
        try {
            return manifests.read(id);
        } catch (CorruptManifestException e) {
            manifests.setAside(id);
            return manifests.read(id);
        }
    }

    private void requireWriter(Manifest manifest) {
        long highest = runs.highestEpoch(manifest.run());
        if (manifest.writerEpoch() < highest) {
            throw new RefusedException(
                    Problem.FENCED,
                    "Run %s is written by epoch %d now, not %d"
                            .formatted(manifest.run(), highest, manifest.writerEpoch()));
        }
        if (manifest.writerEpoch() > highest) {
            throw new RefusedException(
                    Problem.UNKNOWN_WRITER,
                    "Run %s never granted epoch %d; the highest is %d"
                            .formatted(manifest.run(), manifest.writerEpoch(), highest));
        }
    }

    private static void requireSameState(Manifest manifest, Manifest held) {
        if (!manifest.sameStateAs(held)) {
            throw new RefusedException(
                    Problem.STATE_DIFFERS,
                    "Checkpoint %s is stored by epoch %d with %s; epoch %d comes with %s"
                            .formatted(
                                    CheckpointId.of(manifest),
                                    held.writerEpoch(),
                                    state(held),
                                    manifest.writerEpoch(),
                                    state(manifest)));
        }
    }

    private void requireParent(Manifest manifest) {
        Manifest newest = manifests.checkpoints(manifest.run()).latest().orElse(null);
        if (!Objects.equals(newest == null ? null : newest.digest(), manifest.parentDigest())) {
            throw new RefusedException(
                    Problem.PARENT_DIFFERS,
                    "Checkpoint %s follows %s; the newest one is %s, and each follows the newest"
                            .formatted(
                                    CheckpointId.of(manifest),
                                    step(manifest.parentStep(), manifest.parentDigest()),
                                    newest == null ? "none" : step(newest.step(), newest.digest())));
        }
    }

    /** First what may vanish at any moment, then what is there: what is left of both stays. */
    private void requireBlobs(Manifest manifest) {
        Set<Sha256> vanishing = sweeper.underWay();
        List<Blob> present = new ArrayList<>(manifest.blobs());
        present.removeAll(blobs.missing(manifest.blobs()));
        List<Blob> missing = manifest.blobs().stream()
                .filter(blob -> !present.contains(blob) || vanishing.contains(blob.sha256()))
                .toList();
        if (!missing.isEmpty()) {
            throw new RefusedException(
                    Problem.BLOBS_MISSING,
                    "Checkpoint %s names blobs that are not stored whole: %s"
                            .formatted(
                                    CheckpointId.of(manifest),
                                    missing.stream().map(Blob::name).toList()),
                    missing.stream().map(Blob::sha256).toList());
        }
    }

    private static String step(@Nullable Long step, @Nullable Object digest) {
        return step == null ? "none" : "step %d with digest %s".formatted(step, digest);
    }

    private static String state(Manifest manifest) {
        return "blobs %s and input %s"
                .formatted(
                        manifest.blobs().stream()
                                .map(blob -> blob.sha256().abbreviated())
                                .toList(),
                        manifest.progress().inputDigest().abbreviated());
    }
}
