package dev.vaestream.checkpoint;

import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.PinRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Readers' holds on checkpoints. Each reader has one in a run, which it writes again before it ends. */
final class PinStore {
    private static final Logger LOG = Logger.getLogger(PinStore.class);

    /** A reader that is slow may be about to write its pin again; after so long there is none. */
    private static final Duration FORGOTTEN = PinRequest.MAX_TTL.multipliedBy(2);

    private final ObjectStorage storage;
    private final ManifestStore manifests;

    PinStore(ObjectStorage storage, ManifestStore manifests) {
        this.storage = storage;
        this.manifests = manifests;
    }

    /**
     * Holds a checkpoint from now on. It is looked for once more after the pin is written: whoever begins to delete it
     * after that look sees the pin. A refusal leaves what the reader held before.
     *
     * @throws RefusedException where there is no such checkpoint, or it is being deleted
     */
    void pin(String run, String reader, PinRequest request) {
        CheckpointId id = new CheckpointId(run, request.step());
        manifests.requireKept(id);
        String key = BucketLayout.pin(run, reader);
        Optional<byte[]> before = storage.document(key);
        storage.put(key, Json.write(new Pin(run, reader, request.step(), request.ttl())));
        try {
            manifests.requireKept(id);
        } catch (RefusedException e) {
            before.ifPresentOrElse(former -> storage.put(key, former), () -> storage.delete(key));
            throw e;
        }
    }

    /** Does {@code action} while the checkpoint is held. */
    <T> T holding(CheckpointId id, Supplier<T> action) {
        String reader = UUID.randomUUID().toString();
        pin(id.run(), reader, new PinRequest(id.step(), PinRequest.MAX_TTL));
        try {
            return action.get();
        } finally {
            letGo(id.run(), reader);
        }
    }

    /** What was done stays done where the store does not answer now; the pin ends by itself. */
    private void letGo(String run, String reader) {
        try {
            unpin(run, reader);
        } catch (StorageUnavailableException e) {
            LOG.debugf("pin %s of run %s stays until it ends: %s", reader, run, e.getMessage());
        }
    }

    void unpin(String run, String reader) {
        storage.delete(BucketLayout.pin(run, reader));
    }

    /** The steps that are held now. */
    Set<Long> steps(String run) {
        Set<Long> steps = new HashSet<>();
        keys(run).forEach(key -> live(key).ifPresent(pin -> steps.add(pin.step())));
        return steps;
    }

    /** Clears pins away that ended so long ago that their readers are gone. */
    void clear(String run) {
        keys(run)
                .filter(key -> storage.stat(key)
                        .filter(stat -> stat.age().compareTo(FORGOTTEN) > 0)
                        .isPresent())
                .forEach(storage::delete);
    }

    private Stream<String> keys(String run) {
        String prefix = BucketLayout.pins(run);
        return storage.list(prefix).stream()
                .map(StoredObject::key)
                .filter(key -> BucketLayout.nameIn(prefix, key).isPresent());
    }

    private Optional<Pin> live(String key) {
        Optional<Pin> pin = storage.document(key).flatMap(bytes -> decode(key, bytes));
        Optional<ObjectStat> stat = storage.stat(key);
        return pin.filter(held -> stat.isPresent() && stat.get().age().compareTo(held.ttl()) <= 0);
    }

    private static Optional<Pin> decode(String key, byte[] pin) {
        try {
            return Optional.of(Json.read(pin, Pin.class));
        } catch (InvalidJsonException e) {
            LOG.warnf("%s holds nothing: %s", key, e.getMessage());
            return Optional.empty();
        }
    }
}
