package dev.vaestream.checkpoint;

import static java.util.stream.Collectors.toSet;

import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Sha256;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Manifests in storage, each checked against its own digest and its place when it is read. What exists is always what
 * storage lists; bytes that the store still names by the same version are not read again to know what they say.
 */
final class ManifestStore {
    private static final Logger LOG = Logger.getLogger(ManifestStore.class);
    private static final int REMEMBERED = 2_000;

    private final ObjectStorage storage;
    private final CreateOnce creator;
    private final Counter corrupt;
    private final Map<StoredObject, Manifest> remembered = new LinkedHashMap<>();
    private final Set<StoredObject> warned = ConcurrentHashMap.newKeySet();

    ManifestStore(ObjectStorage storage, MeterRegistry meters) {
        this.storage = storage;
        this.creator = new CreateOnce(storage);
        this.corrupt = Counter.builder("vaestream.checkpoint.manifests.corrupt")
                .description("Manifests that could not be read")
                .register(meters);
    }

    /** @throws CorruptManifestException where it is stored and does not hold */
    Optional<Manifest> read(CheckpointId id) {
        return storage.document(id.key()).map(bytes -> decode(id, bytes));
    }

    /**
     * The checkpoint's manifest.
     *
     * @throws RefusedException where there is none
     * @throws CorruptManifestException where it does not hold
     */
    Manifest require(CheckpointId id) {
        return read(id).orElseThrow(() -> new RefusedException(Problem.NO_CHECKPOINT, "There is no checkpoint " + id));
    }

    /** @throws RefusedException where there is no such checkpoint, or it is being deleted */
    void requireKept(CheckpointId id) {
        if (storage.stat(BucketLayout.retired(id.run(), id.step())).isPresent()) {
            throw new RefusedException(Problem.RETIRING, "Checkpoint %s is being deleted".formatted(id));
        }
        if (storage.stat(id.key()).isEmpty()) {
            throw new RefusedException(Problem.NO_CHECKPOINT, "There is no checkpoint " + id);
        }
    }

    /** Creates the manifest unless its step has another one; whether it has this one now. */
    boolean create(Manifest manifest) {
        return creator.create(CheckpointId.of(manifest).key(), manifest.encode())
                .isEmpty();
    }

    /** The run's manifests that hold, by step. */
    List<Manifest> list(String run) {
        return storage.list(BucketLayout.checkpoints(run)).stream()
                .map(this::known)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingLong(Manifest::step))
                .toList();
    }

    /** The run's checkpoints; the intents are looked for first, because they outlive what they delete. */
    RunCheckpoints checkpoints(String run) {
        String prefix = BucketLayout.retired(run);
        Set<Long> retiring = storage.list(prefix).stream()
                .map(object -> BucketLayout.numberIn(prefix, object.key()))
                .flatMapToLong(OptionalLong::stream)
                .boxed()
                .collect(toSet());
        return new RunCheckpoints(list(run), retiring);
    }

    /** The blobs that any manifest of any run refers to; empty where one does not hold, so that nobody knows. */
    Optional<Set<Sha256>> references() {
        Set<Sha256> references = new HashSet<>();
        for (StoredObject object : storage.list(BucketLayout.RUNS)) {
            if (BucketLayout.checkpointOf(object.key()).isPresent()) {
                Optional<Manifest> manifest = known(object);
                if (manifest.isEmpty()) {
                    return Optional.empty();
                }
                manifest.get().blobs().forEach(blob -> references.add(blob.sha256()));
            }
        }
        return Optional.of(references);
    }

    void delete(CheckpointId id) {
        storage.delete(id.key());
    }

    /**
     * Moves a manifest that does not hold, and still does not on another reading, out of its step's way. It is looked at
     * once more before it is deleted: another service may have moved it meanwhile, and committed a whole one.
     */
    void setAside(CheckpointId id) {
        Optional<byte[]> damaged = storage.document(id.key()).filter(bytes -> !holds(id, bytes));
        if (damaged.isEmpty()) {
            return;
        }
        String aside = BucketLayout.corrupt(id.run(), id.step(), Sha256.of(damaged.get()));
        creator.create(aside, damaged.get());
        if (storage.document(id.key())
                .filter(bytes -> Arrays.equals(bytes, damaged.get()))
                .isPresent()) {
            storage.delete(id.key());
            LOG.warnf("manifest %s did not hold; it is at %s now", id, aside);
        }
    }

    private Optional<Manifest> known(StoredObject object) {
        synchronized (remembered) {
            Manifest manifest = remembered.get(object);
            if (manifest != null) {
                return Optional.of(manifest);
            }
        }
        Optional<Manifest> manifest = readable(object);
        if (!object.version().isEmpty()) {
            manifest.ifPresent(held -> remember(object, held));
        }
        return manifest;
    }

    private void remember(StoredObject object, Manifest manifest) {
        synchronized (remembered) {
            remembered.put(object, manifest);
            if (remembered.size() > REMEMBERED) {
                remembered.remove(remembered.keySet().iterator().next());
            }
        }
    }

    private Optional<Manifest> readable(StoredObject object) {
        try {
            return BucketLayout.checkpointOf(object.key()).flatMap(this::read);
        } catch (CorruptManifestException e) {
            if (warned.add(object)) {
                LOG.warnf("%s; it is passed over", e.getMessage());
            }
            return Optional.empty();
        }
    }

    private boolean holds(CheckpointId id, byte[] bytes) {
        try {
            decode(id, bytes);
            return true;
        } catch (CorruptManifestException e) {
            return false;
        }
    }

    private Manifest decode(CheckpointId id, byte[] bytes) {
        try {
            Manifest manifest = Manifest.decode(bytes);
            CheckpointId held = CheckpointId.of(manifest);
            if (!held.equals(id)) {
                throw corrupt(id, "it is the one of " + held);
            }
            return manifest;
        } catch (InvalidJsonException e) {
            throw corrupt(id, e.getMessage());
        }
    }

    private CorruptManifestException corrupt(CheckpointId id, @Nullable String reason) {
        corrupt.increment();
        return new CorruptManifestException("Manifest %s does not hold: %s".formatted(id, reason));
    }
}
