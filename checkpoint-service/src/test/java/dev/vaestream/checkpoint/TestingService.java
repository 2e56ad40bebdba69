package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.Manifest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** The service without HTTP and Kafka; what it does in the background it does at once. */
final class TestingService {
    static final Duration ORPHAN_AGE = Duration.ofHours(24);
    static final Duration SWEEP_LIMIT = Duration.ofSeconds(30);

    private final ManifestStore manifests;
    private final BlobStore blobs;
    private final AliasStore aliases;
    private final PinStore pins;
    private final AliasMover mover;
    private final Retention retention;
    private final CheckpointManager manager;
    private final List<CheckpointEvent> events = new CopyOnWriteArrayList<>();

    /** Deletes without any grace. */
    TestingService(ObjectStorage storage) {
        this(storage, Duration.ZERO, Runnable::run, () -> 0);
    }

    TestingService(ObjectStorage storage, Duration grace, Executor background, LongSupplier nanoTime) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RunStore runs = new RunStore(storage, Examples.CLOCK);
        manifests = new ManifestStore(storage, meters);
        blobs = new BlobStore(storage, 1_000_000, ORPHAN_AGE.dividedBy(2), meters);
        aliases = new AliasStore(storage);
        pins = new PinStore(storage, manifests);
        mover = new AliasMover(runs, manifests, aliases, pins, events::add, Examples.CLOCK);
        PendingCommits commits = new PendingCommits(storage);
        BlobSweeper sweeper = new BlobSweeper(storage, commits, manifests, blobs, SWEEP_LIMIT, nanoTime);
        Holds holds = new Holds(pins, aliases);
        GarbageCollector garbage =
                new GarbageCollector(storage, manifests, sweeper, holds, grace, events::add, Examples.CLOCK);
        OrphanSweep orphans = new OrphanSweep(storage, commits, sweeper, ORPHAN_AGE);
        retention = new Retention(runs, manifests, holds, garbage, orphans);
        manager = new CheckpointManager(
                runs,
                manifests,
                new Committer(runs, manifests, blobs, commits, sweeper),
                garbage,
                retention,
                aliases,
                pins,
                events::add,
                background,
                Examples.CLOCK);
    }

    CheckpointManager manager() {
        return manager;
    }

    Retention retention() {
        return retention;
    }

    AliasStore aliases() {
        return aliases;
    }

    AliasMover mover() {
        return mover;
    }

    PinStore pins() {
        return pins;
    }

    Verifier verifier() {
        return new Verifier(manifests, blobs);
    }

    List<CheckpointEvent> events() {
        return events;
    }

    /** As a trainer does: both blobs, then the manifest. */
    boolean save(Manifest manifest) {
        upload(manifest);
        return manager.save(manifest);
    }

    Manifest upload(Manifest manifest) {
        put(manifest.blob(Blob.PARAMS), Examples.params(manifest.run(), manifest.step()));
        put(manifest.blob(Blob.OPTIMIZER), Examples.optimizer(manifest.run(), manifest.step()));
        return manifest;
    }

    boolean put(Blob blob, byte[] content) {
        return blobs.put(blob.sha256(), new ByteArrayInputStream(content));
    }
}
