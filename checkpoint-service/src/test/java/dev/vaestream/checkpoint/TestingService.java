package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.Manifest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The service without HTTP and Kafka; what it does in the background it does at once. */
final class TestingService {
    private final BlobStore blobs;
    private final CheckpointManager manager;
    private final List<CheckpointEvent> events = new CopyOnWriteArrayList<>();

    TestingService(ObjectStorage storage) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RunStore runs = new RunStore(storage, Examples.CLOCK);
        ManifestStore manifests = new ManifestStore(storage, meters);
        blobs = new BlobStore(storage, 1_000_000, meters);
        manager = new CheckpointManager(
                runs,
                manifests,
                new Committer(runs, manifests, blobs),
                new GarbageCollector(storage, manifests, blobs, events::add, Examples.CLOCK),
                events::add,
                Runnable::run,
                Examples.CLOCK);
    }

    CheckpointManager manager() {
        return manager;
    }

    List<CheckpointEvent> events() {
        return events;
    }

    /** As a trainer does: both blobs, then the manifest. */
    boolean save(Manifest manifest) {
        upload(manifest);
        return manager.commit(manifest);
    }

    Manifest upload(Manifest manifest) {
        put(manifest.blob(Blob.PARAMS), Examples.params(manifest.run(), manifest.step()));
        put(manifest.blob(Blob.OPTIMIZER), Examples.optimizer(manifest.run(), manifest.step()));
        return manifest;
    }

    void put(Blob blob, byte[] content) {
        blobs.put(blob.sha256(), new ByteArrayInputStream(content));
    }
}
