package dev.vaestream.sampler;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Models of checkpoints that requests name. Each is loaded once, one at a time, and stays until others take its place;
 * none of them ever becomes the served one.
 */
final class RequestedModels {
    private static final Logger LOG = Logger.getLogger(RequestedModels.class);

    private final CheckpointFinder finder;
    private final ModelLoader loader;
    private final CurrentModel current;
    private final ModelCache cache;
    private final Rejections rejections;
    private final SamplerMetrics metrics;
    private final Duration maxWait;
    private final ReentrantLock loading = new ReentrantLock(true);

    /** @param maxWait for a turn to load */
    RequestedModels(
            CheckpointFinder finder,
            ModelLoader loader,
            CurrentModel current,
            ModelCache cache,
            Rejections rejections,
            SamplerMetrics metrics,
            Duration maxWait) {
        this.finder = finder;
        this.loader = loader;
        this.current = current;
        this.cache = cache;
        this.rejections = rejections;
        this.metrics = metrics;
        this.maxWait = maxWait;
    }

    /**
     * @throws NoCheckpointException where there is none
     * @throws UnfitCheckpointException where it must not be served
     * @throws BusyException where too many others are to be loaded before
     * @throws CheckpointServiceException where its bytes cannot be had now
     */
    Lease lease(String run, CheckpointReference reference) {
        return loaded(run, reference).orElseGet(() -> lease(finder.find(run, reference)));
    }

    /** A model that is loaded, of a reference that always means the same: a step needs nobody's word. */
    Optional<Lease> loaded(String run, CheckpointReference reference) {
        OptionalLong step = reference.step();
        return step.isPresent() ? loaded(run + "/" + step.getAsLong()) : Optional.empty();
    }

    private Lease lease(Checkpoint checkpoint) {
        return loaded(checkpoint.name()).orElseGet(() -> {
            awaitTurn(checkpoint);
            try {
                // Another request may have loaded it meanwhile.
                return loaded(checkpoint.name()).orElseGet(() -> cache.add(load(checkpoint)));
            } finally {
                loading.unlock();
            }
        });
    }

    private Optional<Lease> loaded(String name) {
        return current.lease(checkpoint -> checkpoint.name().equals(name)).or(() -> cache.lease(name));
    }

    private Model load(Checkpoint checkpoint) {
        rejections.held(checkpoint).ifPresent(rejection -> {
            throw new UnfitCheckpointException("Checkpoint %s is not served: %s; it is tried again at %s"
                    .formatted(checkpoint.name(), rejection.detail(), rejection.retryAt()));
        });
        try {
            Model model = loader.load(checkpoint);
            metrics.requested();
            LOG.infof("Loaded checkpoint %s for a request", checkpoint.name());
            return model;
        } catch (RejectedCheckpointException e) {
            metrics.rejected(e.reason());
            boolean unused = rejections.add(checkpoint, String.valueOf(e.getMessage()));
            throw new UnfitCheckpointException(
                    "Checkpoint %s is not served: %s".formatted(checkpoint.name(), e.getMessage()), e);
        }
    }

    private void awaitTurn(Checkpoint checkpoint) {
        try {
            if (!loading.tryLock(maxWait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BusyException("Checkpoint %s waits for others to be loaded, and none ended within %d ms"
                        .formatted(checkpoint.name(), maxWait.toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException("The sampler is stopping");
        }
    }
}
