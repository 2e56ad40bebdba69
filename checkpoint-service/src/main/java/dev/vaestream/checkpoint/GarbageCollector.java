package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.CheckpointEvent.Change;
import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Deletes checkpoints so that a kill at any point leaves each of them whole or gone: first the intent, after a grace the
 * manifest, after another the blobs that nothing refers to, then the intent again. A reader that has begun ends within
 * the grace, and only the store's own time counts, because every process sees the same.
 */
final class GarbageCollector {
    private static final Logger LOG = Logger.getLogger(GarbageCollector.class);

    private final ObjectStorage storage;
    private final ManifestStore manifests;
    private final BlobSweeper sweeper;
    private final Holds holds;
    private final Duration grace;
    private final Consumer<CheckpointEvent> events;
    private final CreateOnce creator;
    private final Clock clock;
    /** When this process first saw that the manifest of an intent was gone; one that starts anew waits anew. */
    private final Map<StoredObject, Instant> gone = new ConcurrentHashMap<>();

    GarbageCollector(
            ObjectStorage storage,
            ManifestStore manifests,
            BlobSweeper sweeper,
            Holds holds,
            Duration grace,
            Consumer<CheckpointEvent> events,
            Clock clock) {
        this.storage = storage;
        this.manifests = manifests;
        this.sweeper = sweeper;
        this.holds = holds;
        this.grace = grace;
        this.events = events;
        this.creator = new CreateOnce(storage);
        this.clock = clock;
    }

    /**
     * Says that the checkpoint is to be deleted; {@link #advance} does it. Holds are looked at once more after the intent
     * is stored: who takes hold of the checkpoint later sees the intent.
     *
     * @return whether the intent stands, because nobody has taken hold of the checkpoint meanwhile
     */
    boolean intend(Manifest manifest) {
        String key = BucketLayout.retired(manifest.run(), manifest.step());
        byte[] intent = Json.write(Retirement.of(manifest, clock.instant()));
        CrashPoint.RETIRE_INTENT.around(() -> creator.create(key, intent));
        if (!holds.steps(manifest.run()).contains(manifest.step())) {
            return true;
        }
        if (storage.stat(key)
                .filter(stat -> stat.ageAtMost().multipliedBy(2).compareTo(grace) < 0)
                .isPresent()) {
            storage.delete(key);
        }
        return false;
    }

    /** Goes on with every intent of {@code run} as far as it may; whether something is left to do later. */
    boolean advance(String run) {
        String prefix = BucketLayout.retired(run);
        List<StoredObject> intents = storage.list(prefix).stream()
                .filter(object -> BucketLayout.numberIn(prefix, object.key()).isPresent())
                .toList();
        // What another service has ended.
        gone.keySet().removeIf(known -> known.key().startsWith(prefix) && !intents.contains(known));
        Optional<Instant> now = intents.stream()
                .map(intent -> storage.stat(intent.key()))
                .flatMap(Optional::stream)
                .map(ObjectStat::now)
                .findFirst();
        boolean left = false;
        if (now.isPresent()) {
            for (StoredObject intent : intents) {
                left |= isYoung(intent, now.get()) || advance(intent);
            }
        }
        return left;
    }

    /** Whether a grace still runs, as far as the listing says: then nothing more is asked, for a run has many. */
    private boolean isYoung(StoredObject intent, Instant now) {
        return ObjectStat.between(gone.getOrDefault(intent, intent.modifiedAt()), now)
                        .compareTo(grace)
                < 0;
    }

    private boolean advance(StoredObject object) {
        String key = object.key();
        Optional<Retirement> intent = storage.document(key).flatMap(this::decode);
        Optional<ObjectStat> stat = storage.stat(key);
        if (intent.isEmpty() || stat.isEmpty()) {
            return false;
        }
        Retirement retirement = intent.get();
        if (stat.get().age().compareTo(grace) < 0) {
            return true;
        }
        try {
            if (isStored(retirement)) {
                if (isHeld(retirement) || isNeeded(retirement)) {
                    return true;
                }
                delete(retirement);
            }
        } catch (CorruptManifestException e) {
            manifests.setAside(retirement.id());
            return true;
        }
        // By the time at which it is certainly gone: what came before may have taken long.
        Optional<Instant> now = storage.stat(key).map(ObjectStat::now);
        if (now.isEmpty()) {
            return false;
        }
        Instant since = gone.computeIfAbsent(object, unseen -> now.get());
        if (ObjectStat.between(since, now.get()).compareTo(grace) < 0 || !deleteBlobs(retirement)) {
            return true;
        }
        CrashPoint.RETIRE_END.around(() -> storage.delete(key));
        gone.remove(object);
        return false;
    }

    private void delete(Retirement retirement) {
        CheckpointId id = retirement.id();
        CrashPoint.RETIRE_MANIFEST.around(() -> manifests.delete(id));
        events.accept(
                new CheckpointEvent(id.run(), id.step(), Change.RETIRED, retirement.manifestDigest(), clock.instant()));
        LOG.debugf("checkpoint %s is retired", id);
    }

    private boolean deleteBlobs(Retirement retirement) {
        boolean done =
                sweeper.delete(retirement.blobs().stream().map(Blob::sha256).toList());
        if (!done) {
            LOG.warnf("the blobs of %s stay for now, because nobody knows what refers to them", retirement.id());
        }
        return done;
    }

    /** Who has taken hold of it before the intent was stored. */
    private boolean isHeld(Retirement retirement) {
        return holds.steps(retirement.run()).contains(retirement.step());
    }

    /** Whether the run goes on from it after all: what followed it may have been lost since the intent. */
    private boolean isNeeded(Retirement retirement) {
        return manifests.checkpoints(retirement.run()).allSteps().contains(retirement.step());
    }

    /**
     * Whether the step still has the manifest that was retired, and not one that was committed since.
     *
     * @throws CorruptManifestException where it has one that does not hold, perhaps only in this reading
     */
    private boolean isStored(Retirement retirement) {
        return manifests
                .read(retirement.id())
                .filter(manifest -> manifest.digest().equals(retirement.manifestDigest()))
                .isPresent();
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
