package dev.vaestream.trainer;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.WriterGrant;
import dev.vaestream.learning.tracing.Snapshot;
import dev.vaestream.vae.StoredState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Encodes, uploads and commits checkpoints on a thread of its own. A checkpoint is committed only after all that was
 * published before it is in Kafka, so that what follows from the steps before a checkpoint is never lost with a kill.
 */
final class BackgroundCheckpointer implements Checkpointer, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BackgroundCheckpointer.class);
    private static final String CHECKPOINT = "checkpoint";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final CheckpointClient client;
    private final WriterGrant grant;
    private final NumericFingerprint numeric;
    private final Inspector inspector;
    private final Runnable published;
    private final Consumer<Progress> committed;
    private final Retries retries;
    private final Clock clock;
    private final ExecutorService executor;
    private CompletableFuture<@Nullable Manifest> newest;
    private volatile boolean closing;

    /**
     * @param parent the newest checkpoint so far
     * @param inspector completes manifests, on the thread of this
     * @param published returns once all that was published is in Kafka
     * @param committed is told of each checkpoint
     */
    BackgroundCheckpointer(
            CheckpointClient client,
            WriterGrant grant,
            Optional<Manifest> parent,
            NumericFingerprint numeric,
            Inspector inspector,
            Runnable published,
            Consumer<Progress> committed,
            Retries retries,
            Clock clock) {
        this.client = client;
        this.grant = grant;
        this.numeric = numeric;
        this.inspector = inspector;
        this.published = published;
        this.committed = committed;
        this.retries = retries;
        this.clock = clock;
        this.newest = CompletableFuture.completedFuture(parent.orElse(null));
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, CHECKPOINT);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void save(Progress progress, Supplier<Snapshot<StoredState>> state) {
        Manifest parent = await().orElse(null);
        Snapshot<StoredState> taken = CrashPoint.SNAPSHOT.around(state);
        newest = CompletableFuture.supplyAsync(() -> commit(progress, Snapshot.copyOf(taken), parent), executor);
    }

    @Override
    public Optional<Manifest> await() {
        try {
            return Optional.ofNullable(newest.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Lets a checkpoint that is under way be committed, unless the service is unavailable. */
    @Override
    public void close() {
        closing = true;
        executor.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private Manifest commit(Progress progress, StoredState state, @Nullable Manifest parent) {
        byte[] params = Safetensors.write(state.params());
        byte[] optimizer = Safetensors.write(state.optimizer());
        Manifest plain = Manifest.of(
                grant.run(),
                parent,
                grant.epoch(),
                progress,
                progress.epoch().batches() == 0 ? null : progress.epoch().mean(),
                List.of(
                        Blob.of(Blob.PARAMS, params, state.params()),
                        Blob.of(Blob.OPTIMIZER, optimizer, state.optimizer())),
                numeric,
                clock.instant());
        Manifest manifest = inspector.inspect(plain, state.params());
        // Blobs that are missing at the commit, because a sweep was quicker, are uploaded again with the next attempt.
        Manifest stored = retries.call(CHECKPOINT, () -> commit(manifest, params, optimizer));
        LOG.infof("checkpoint %s/%d committed", manifest.run(), manifest.step());
        committed.accept(progress);
        return stored;
    }

    private Manifest commit(Manifest manifest, byte[] params, byte[] optimizer) {
        try {
            published.run();
            CrashPoint.BLOB_PUT.around(
                    () -> client.putBlob(manifest.blob(Blob.PARAMS).sha256(), params));
            CrashPoint.BLOB_PUT.around(
                    () -> client.putBlob(manifest.blob(Blob.OPTIMIZER).sha256(), optimizer));
            return CrashPoint.COMMIT_REQUEST.around(() -> client.commit(manifest));
        } catch (UnavailableException e) {
            if (closing) {
                throw new IllegalStateException("nobody waits for checkpoint " + manifest.step() + " any more", e);
            }
            throw e;
        }
    }
}
