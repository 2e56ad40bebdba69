package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.CheckpointEvent.Change;
import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Sha256;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Deletes checkpoints so that a kill at any point leaves each of them whole or gone: first the intent, then the
 * manifest, then the blobs that no manifest of any run refers to, then the intent again. The caller keeps commits out.
 */
final class GarbageCollector {
    private static final Logger LOG = Logger.getLogger(GarbageCollector.class);

    private final ObjectStorage storage;
    private final ManifestStore manifests;
    private final BlobStore blobs;
    private final Consumer<CheckpointEvent> events;
    private final CreateOnce creator;
    private final Clock clock;

    GarbageCollector(
            ObjectStorage storage,
            ManifestStore manifests,
            BlobStore blobs,
            Consumer<CheckpointEvent> events,
            Clock clock) {
        this.storage = storage;
        this.manifests = manifests;
        this.blobs = blobs;
        this.events = events;
        this.creator = new CreateOnce(storage);
        this.clock = clock;
    }

    /** Retires {@code manifests} of {@code run}, and ends what was begun before. */
    void collect(String run, List<Manifest> retired) {
        retired.forEach(this::intend);
        String prefix = BucketLayout.retired(run);
        for (StoredObject object : storage.list(prefix)) {
            if (BucketLayout.numberIn(prefix, object.key()).isPresent()) {
                storage.document(object.key()).flatMap(this::decode).ifPresent(this::carryOut);
            }
        }
    }

    private void intend(Manifest manifest) {
        byte[] intent = Json.write(Retirement.of(manifest, clock.instant()));
        CrashPoint.RETIRE_INTENT.around(
                () -> creator.create(BucketLayout.retired(manifest.run(), manifest.step()), intent));
    }

    private void carryOut(Retirement retirement) {
        CheckpointId id = retirement.id();
        if (isStored(retirement)) {
            CrashPoint.RETIRE_MANIFEST.around(() -> manifests.delete(id));
            events.accept(new CheckpointEvent(
                    id.run(), id.step(), Change.RETIRED, retirement.manifestDigest(), clock.instant()));
            LOG.debugf("checkpoint %s is retired", id);
        }
        Optional<Set<Sha256>> references = manifests.references();
        if (references.isEmpty()) {
            LOG.warnf("the blobs of %s stay, because a manifest that does not hold may refer to them", id);
            return;
        }
        retirement.blobs().stream()
                .map(Blob::sha256)
                .filter(digest -> !references.get().contains(digest))
                .forEach(digest -> CrashPoint.RETIRE_BLOB.around(() -> blobs.delete(digest)));
        CrashPoint.RETIRE_END.around(() -> storage.delete(BucketLayout.retired(id.run(), id.step())));
    }

    /** Whether the step still has the manifest that was retired, and not one that was committed since. */
    private boolean isStored(Retirement retirement) {
        try {
            return manifests
                    .read(retirement.id())
                    .filter(manifest -> manifest.digest().equals(retirement.manifestDigest()))
                    .isPresent();
        } catch (CorruptManifestException e) {
            return false;
        }
    }

    private Optional<Retirement> decode(byte[] intent) {
        try {
            return Optional.of(Json.read(intent, Retirement.class));
        } catch (InvalidJsonException e) {
            LOG.warnf("an intent to delete is passed over: %s", e.getMessage());
            return Optional.empty();
        }
    }
}
