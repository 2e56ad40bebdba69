package dev.vaestream.checkpoint;

import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Sha256;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Deletes blobs that no manifest needs, so that no commit loses one that it relies on, whichever process commits: first
 * it says which in storage, then it looks for commits under way and manifests, then it deletes. A commit does the same
 * the other way round (ADR 0009).
 */
final class BlobSweeper {
    private static final Logger LOG = Logger.getLogger(BlobSweeper.class);

    private final ObjectStorage storage;
    private final CreateOnce creator;
    private final PendingCommits commits;
    private final ManifestStore manifests;
    private final BlobStore blobs;
    private final Duration limit;
    private final LongSupplier nanoTime;

    /**
     * @param limit time after the announcement in which deletions are sent, and time that one may be under way
     * @param nanoTime as {@link System#nanoTime}
     */
    BlobSweeper(
            ObjectStorage storage,
            PendingCommits commits,
            ManifestStore manifests,
            BlobStore blobs,
            Duration limit,
            LongSupplier nanoTime) {
        this.storage = storage;
        this.creator = new CreateOnce(storage);
        this.commits = commits;
        this.manifests = manifests;
        this.blobs = blobs;
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /**
     * Deletes those of {@code candidates} that nothing refers to.
     *
     * @return whether all of them are gone or referred to now; if not, try again later
     */
    boolean delete(Collection<Sha256> candidates) {
        if (candidates.isEmpty()) {
            return true;
        }
        Optional<Set<Sha256>> needed = references();
        if (needed.isEmpty()) {
            return false;
        }
        List<Sha256> others = candidates.stream()
                .distinct()
                .filter(digest -> !needed.get().contains(digest))
                .toList();
        // A commit must not wait for a blob that is not going to be deleted.
        return others.isEmpty() || announceAndDelete(others);
    }

    /**
     * The same for {@code candidates}, each once, that nothing seems to refer to: who has just looked need not look twice
     * before it is said which.
     */
    boolean announceAndDelete(List<Sha256> candidates) {
        long began = nanoTime.getAsLong();
        String key = BucketLayout.sweep(UUID.randomUUID());
        creator.create(key, Json.write(new Sweep(candidates)));
        Optional<Set<Sha256>> references = references();
        boolean done = references.isPresent() && deleteOthers(candidates, references.get(), began);
        storage.delete(key);
        return done;
    }

    /** Blobs that may vanish at any moment. */
    Set<Sha256> underWay() {
        Set<Sha256> digests = new HashSet<>();
        for (StoredObject object : storage.list(BucketLayout.SWEEPS)) {
            Optional<byte[]> sweep = storage.document(object.key());
            if (sweep.isPresent() && !isOver(object.key())) {
                digests.addAll(decode(object.key(), sweep.get()).blobs());
            }
        }
        return digests;
    }

    /** Clears away what is left of sweeps whose process has died. */
    void forget() {
        storage.list(BucketLayout.SWEEPS).stream()
                .map(StoredObject::key)
                .filter(this::isOver)
                .forEach(storage::delete);
    }

    /** The blobs that something refers to; empty where nobody knows. Commits first: a manifest follows its commit. */
    Optional<Set<Sha256>> references() {
        return commits.references()
                .flatMap(pending -> manifests.references().map(committed -> {
                    committed.addAll(pending);
                    return committed;
                }));
    }

    private boolean deleteOthers(Collection<Sha256> candidates, Set<Sha256> references, long began) {
        for (Sha256 digest : candidates) {
            if (!references.contains(digest)) {
                if (nanoTime.getAsLong() - began > limit.toNanos()) {
                    LOG.warnf("a sweep is given up after %s; it goes on later", limit);
                    return false;
                }
                CrashPoint.RETIRE_BLOB.around(() -> blobs.delete(digest));
            }
        }
        return true;
    }

    /** Whether all that a sweep has sent has arrived or never will: it is over where its process has died. */
    private boolean isOver(String key) {
        return storage.stat(key)
                .filter(stat -> stat.age().compareTo(limit.multipliedBy(2)) <= 0)
                .isEmpty();
    }

    private static Sweep decode(String key, byte[] sweep) {
        try {
            return Json.read(sweep, Sweep.class);
        } catch (InvalidJsonException e) {
            throw new StorageUnavailableException(key + " does not hold, so nobody knows what is being deleted", e);
        }
    }
}
