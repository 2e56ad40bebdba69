package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Sha256;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Looks for blobs that were uploaded and never committed. It deletes only what it can prove is garbage: old by the
 * store's time, with every manifest of every run read and none referring to it, and no retirement that will see to it.
 */
final class OrphanSweep {
    private static final Logger LOG = Logger.getLogger(OrphanSweep.class);

    private final ObjectStorage storage;
    private final PendingCommits commits;
    private final BlobSweeper sweeper;
    private final Duration age;

    /** @param age from which a blob that nothing refers to is garbage */
    OrphanSweep(ObjectStorage storage, PendingCommits commits, BlobSweeper sweeper, Duration age) {
        this.storage = storage;
        this.commits = commits;
        this.sweeper = sweeper;
        this.age = age;
    }

    /** Deletes what is garbage, and what died processes have left of commits and sweeps. */
    void run() {
        commits.forget(age);
        sweeper.forget();
        List<Sha256> old = old();
        if (old.isEmpty()) {
            return;
        }
        Optional<Set<Sha256>> needed = sweeper.references()
                .flatMap(referred -> retiring().map(retiring -> {
                    referred.addAll(retiring);
                    return referred;
                }));
        if (needed.isEmpty()) {
            LOG.warnf("%d old blobs stay, because not everything can be read that may refer to them", old.size());
            return;
        }
        List<Sha256> garbage =
                old.stream().filter(digest -> !needed.get().contains(digest)).toList();
        if (!garbage.isEmpty()) {
            LOG.infof("%d blobs older than %s that no checkpoint needs are deleted", garbage.size(), age);
            sweeper.announceAndDelete(garbage);
        }
    }

    private List<Sha256> old() {
        List<StoredObject> blobs = storage.list(BucketLayout.BLOBS);
        Optional<ObjectStat> oldest = blobs.stream()
                .min(Comparator.comparing(StoredObject::modifiedAt))
                .flatMap(object -> storage.stat(object.key()));
        if (oldest.isEmpty() || oldest.get().age().compareTo(age) < 0) {
            return List.of();
        }
        return blobs.stream()
                .filter(object ->
                        ObjectStat.between(object.modifiedAt(), oldest.get().now())
                                        .compareTo(age)
                                >= 0)
                .map(object -> BucketLayout.blobOf(object.key()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The blobs of checkpoints that are being deleted; empty where an intent cannot be read, so that nobody knows. */
    private Optional<Set<Sha256>> retiring() {
        Set<Sha256> digests = new HashSet<>();
        for (StoredObject object : storage.list(BucketLayout.RUNS)) {
            if (BucketLayout.retiredOf(object.key()).isEmpty()) {
                continue;
            }
            Optional<byte[]> intent = storage.document(object.key());
            if (intent.isEmpty()) {
                continue;
            }
            try {
                Json.read(intent.get(), Retirement.class).blobs().stream()
                        .map(Blob::sha256)
                        .forEach(digests::add);
            } catch (InvalidJsonException e) {
                return Optional.empty();
            }
        }
        return Optional.of(digests);
    }
}
