package dev.vaestream.checkpoint;

import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Sha256;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Commits under way, said in storage before the first look at their blobs: whoever deletes blobs looks here after saying
 * which, so one of the two always sees the other.
 */
final class PendingCommits {
    private static final Logger LOG = Logger.getLogger(PendingCommits.class);

    private final ObjectStorage storage;
    private final CreateOnce creator;

    PendingCommits(ObjectStorage storage) {
        this.storage = storage;
        this.creator = new CreateOnce(storage);
    }

    /**
     * Does {@code commit} while its blobs are kept. They stay kept, for {@link #forget} to end, where the store does not
     * say whether the commit has happened: it may happen yet.
     */
    boolean during(Manifest manifest, Supplier<Boolean> commit) {
        String key = BucketLayout.pending(UUID.randomUUID());
        creator.create(key, manifest.encode());
        boolean committed;
        try {
            committed = commit.get();
        } catch (RefusedException | CorruptManifestException e) {
            end(key);
            throw e;
        }
        end(key);
        return committed;
    }

    /** The blobs of all of them; empty where one cannot be read, so that nobody knows. */
    Optional<Set<Sha256>> references() {
        Set<Sha256> references = new HashSet<>();
        for (StoredObject object : storage.list(BucketLayout.PENDING)) {
            Optional<byte[]> manifest = storage.document(object.key());
            if (manifest.isEmpty()) {
                continue;
            }
            try {
                Manifest.decode(manifest.get()).blobs().forEach(blob -> references.add(blob.sha256()));
            } catch (InvalidJsonException e) {
                LOG.warnf("%s does not hold: %s", object.key(), e.getMessage());
                return Optional.empty();
            }
        }
        return Optional.of(references);
    }

    /** Ends those whose process has died: the ones that are older than any commit can be. */
    void forget(Duration age) {
        for (StoredObject object : storage.list(BucketLayout.PENDING)) {
            if (storage.stat(object.key())
                    .filter(stat -> stat.age().compareTo(age) > 0)
                    .isPresent()) {
                storage.delete(object.key());
            }
        }
    }

    /** What was decided stays decided where the store does not answer now. */
    private void end(String key) {
        try {
            storage.delete(key);
        } catch (StorageUnavailableException e) {
            LOG.debugf("%s stays until it is old: %s", key, e.getMessage());
        }
    }
}
