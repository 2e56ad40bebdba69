package dev.vaestream.checkpoint;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.tls.TlsConfigurationRegistry;
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
    MinioObjectStorage storage(CheckpointConfig config, TlsConfigurationRegistry tls) {
        return tls.get("s3")
                .map(trust -> new MinioObjectStorage(config.s3(), trust.getTrustStore()))
                .orElseGet(() -> new MinioObjectStorage(config.s3()));
    }

    @Produces
    @Singleton
    RunStore runs(ObjectStorage storage) {
        return new RunStore(storage, CLOCK);
    }

    @Produces
    @Singleton
    ManifestStore manifests(ObjectStorage storage, MeterRegistry meters) {
        return new ManifestStore(storage, meters);
    }

    @Produces
    @Singleton
    BlobStore blobs(ObjectStorage storage, CheckpointConfig config, MeterRegistry meters) {
        return new BlobStore(
                storage, config.maxBlobSize().asLongValue(), config.orphanAge().dividedBy(2), meters);
    }

    @Produces
    @Singleton
    AliasStore aliases(ObjectStorage storage) {
        return new AliasStore(storage);
    }

    @Produces
    @Singleton
    PinStore pins(ObjectStorage storage, ManifestStore manifests) {
        return new PinStore(storage, manifests);
    }

    @Produces
    @Singleton
    Holds holds(PinStore pins, AliasStore aliases) {
        return new Holds(pins, aliases);
    }

    @Produces
    @Singleton
    AliasMover mover(RunStore runs, ManifestStore manifests, AliasStore aliases, PinStore pins, Announcer announcer) {
        return new AliasMover(runs, manifests, aliases, pins, announcer, CLOCK);
    }

    @Produces
    @Singleton
    Verifier verifier(ManifestStore manifests, BlobStore blobs) {
        return new Verifier(manifests, blobs);
    }

    @Produces
    @Singleton
    PendingCommits commits(ObjectStorage storage) {
        return new PendingCommits(storage);
    }

    @Produces
    @Singleton
    BlobSweeper sweeper(
            ObjectStorage storage,
            PendingCommits commits,
            ManifestStore manifests,
            BlobStore blobs,
            CheckpointConfig config) {
        return new BlobSweeper(storage, commits, manifests, blobs, config.s3().requestTimeout(), System::nanoTime);
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
    GarbageCollector garbage(
            ObjectStorage storage,
            ManifestStore manifests,
            BlobSweeper sweeper,
            Holds holds,
            Announcer announcer,
            CheckpointConfig config) {
        return new GarbageCollector(storage, manifests, sweeper, holds, config.retentionGrace(), announcer, CLOCK);
    }

    @Produces
    @Singleton
    Retention retention(
            ObjectStorage storage,
            RunStore runs,
            ManifestStore manifests,
            Holds holds,
            GarbageCollector garbage,
            PendingCommits commits,
            BlobSweeper sweeper,
            CheckpointConfig config) {
        return new Retention(
                runs, manifests, holds, garbage, new OrphanSweep(storage, commits, sweeper, config.orphanAge()));
    }

    @Produces
    @Singleton
    CheckpointManager manager(
            RunStore runs,
            ManifestStore manifests,
            BlobStore blobs,
            PendingCommits commits,
            BlobSweeper sweeper,
            GarbageCollector garbage,
            Retention retention,
            AliasStore aliases,
            PinStore pins,
            Announcer announcer,
            BackgroundThread background) {
        return new CheckpointManager(
                runs,
                manifests,
                new Committer(runs, manifests, blobs, commits, sweeper),
                garbage,
                retention,
                aliases,
                pins,
                announcer,
                background,
                CLOCK);
    }

    @Produces
    @Singleton
    StorageMonitor monitor(ObjectStorage storage, CheckpointManager manager, CheckpointConfig config) {
        return new StorageMonitor(storage, new ConformanceProbe(storage), manager::recover, config.readOnly());
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
