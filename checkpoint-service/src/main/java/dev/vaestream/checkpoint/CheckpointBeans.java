package dev.vaestream.checkpoint;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the parts together, and lets go of them. */
@Dependent
class CheckpointBeans {
    private static final Clock CLOCK = Clock.systemUTC();

    @Produces
    @Singleton
    MinioObjectStorage storage(CheckpointConfig config) {
        return new MinioObjectStorage(config.s3());
    }

    @Produces
    @Singleton
    BlobStore blobs(ObjectStorage storage, CheckpointConfig config, MeterRegistry meters) {
        return new BlobStore(storage, config.maxBlobSize().asLongValue(), meters);
    }

    @Produces
    @Singleton
    Announcer announcer(CheckpointEvents events, CheckpointConfig config, MeterRegistry meters) {
        return new Announcer(events::publish, config.announceRetry(), meters);
    }

    @Produces
    @Singleton
    BackgroundThread background() {
        return new BackgroundThread("background");
    }

    @Produces
    @Singleton
    CheckpointManager manager(
            ObjectStorage storage,
            BlobStore blobs,
            Announcer announcer,
            BackgroundThread background,
            MeterRegistry meters) {
        RunStore runs = new RunStore(storage, CLOCK);
        ManifestStore manifests = new ManifestStore(storage, meters);
        return new CheckpointManager(
                runs,
                manifests,
                new Committer(runs, manifests, blobs),
                new GarbageCollector(storage, manifests, blobs, announcer, CLOCK),
                announcer,
                background,
                CLOCK);
    }

    @Produces
    @Singleton
    StorageMonitor monitor(ObjectStorage storage, CheckpointManager manager) {
        return new StorageMonitor(storage, new ConformanceProbe(storage), manager::recover);
    }

    void close(@Disposes BackgroundThread background) {
        background.close();
    }

    void close(@Disposes MinioObjectStorage storage) {
        storage.close();
    }

    void close(@Disposes Announcer announcer) {
        announcer.close();
    }
}
