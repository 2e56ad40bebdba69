package dev.vaestream.checkpoint;

import dev.vaestream.checkpoint.StorageHealth.Fitness;
import org.jboss.logging.Logger;

/** Looks at the store from time to time: makes the bucket, probes it until it has answered once, and remembers. */
final class StorageMonitor {
    private static final Logger LOG = Logger.getLogger(StorageMonitor.class);

    private final ObjectStorage storage;
    private final ConformanceProbe probe;
    private final Runnable whenFit;
    private final boolean readOnly;
    private volatile StorageHealth health;

    /**
     * @param whenFit runs once, as soon as the store may be written
     * @param readOnly whether it may never be, so that nothing is tried on it either
     */
    StorageMonitor(ObjectStorage storage, ConformanceProbe probe, Runnable whenFit, boolean readOnly) {
        this.storage = storage;
        this.probe = probe;
        this.whenFit = whenFit;
        this.readOnly = readOnly;
        this.health = new StorageHealth(Fitness.UNKNOWN, false, storage.address() + " has not answered yet");
    }

    StorageHealth health() {
        return health;
    }

    /** One look; never throws. */
    void check() {
        StorageHealth before = health;
        health = look(before.fitness());
        if (!health.equals(before)) {
            LOG.infof("object storage is %s: %s", health.ready() ? "ready" : "not ready", health.reason());
        }
    }

    /** @throws RefusedException where nothing may be written to the store */
    void requireFit() {
        if (readOnly) {
            throw new RefusedException(
                    Problem.READ_ONLY,
                    "This service only reads; vaestream.checkpoint.read-only is set, and another one writes");
        }
        StorageHealth now = health;
        switch (now.fitness()) {
            case FIT -> {}
            case UNFIT -> throw new RefusedException(Problem.STORAGE_UNFIT, now.reason());
            case UNKNOWN -> throw new RefusedException(Problem.STORAGE_UNAVAILABLE, now.reason());
        }
    }

    private StorageHealth look(Fitness fitness) {
        try {
            if (readOnly) {
                storage.list(BucketLayout.SWEEPS);
                return new StorageHealth(Fitness.FIT, true, storage.address() + ", read only");
            }
            storage.ensureBucket();
            if (fitness != Fitness.FIT) {
                probe.run();
                whenFit.run();
            }
            return new StorageHealth(Fitness.FIT, true, storage.address());
        } catch (UnfitStorageException e) {
            return new StorageHealth(Fitness.UNFIT, true, String.valueOf(e.getMessage()));
        } catch (StorageUnavailableException e) {
            return new StorageHealth(fitness, false, String.valueOf(e.getMessage()));
        }
    }
}
