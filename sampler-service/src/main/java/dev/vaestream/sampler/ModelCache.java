package dev.vaestream.sampler;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Models beside the served one, by their checkpoints' names. The least recently leased go first when they become too
 * many or too large; a model that went is closed by the last who gives it back.
 */
final class ModelCache implements AutoCloseable {
    private final int maxModels;
    private final long maxParamsBytes;
    private final Map<String, SharedModel> models = new LinkedHashMap<>(16, 0.75f, true);
    private long paramsBytes;
    private boolean closed;

    /** @param maxParamsBytes of all models' parameter files */
    ModelCache(int maxModels, long maxParamsBytes) {
        if (maxModels < 0 || maxParamsBytes < 0) {
            throw new IllegalArgumentException("%d models of %d bytes are kept loaded; neither may be negative"
                    .formatted(maxModels, maxParamsBytes));
        }
        this.maxModels = maxModels;
        this.maxParamsBytes = maxParamsBytes;
    }

    /** @param name as {@link Checkpoint#name()} */
    synchronized Optional<Lease> lease(String name) {
        SharedModel model = models.get(name);
        return model != null && model.retain() ? Optional.of(new Lease(model)) : Optional.empty();
    }

    /** Takes {@code model} over, in place of one of the same name. One that does not fit lives as long as its lease. */
    synchronized Lease add(Model model) {
        SharedModel shared = new SharedModel(model);
        if (closed) {
            return new Lease(shared);
        }
        String name = model.checkpoint().name();
        SharedModel previous = models.put(name, shared);
        if (previous != null) {
            drop(previous);
        }
        paramsBytes += bytes(shared);
        // Before anything goes, or the model itself could be closed already.
        boolean unused = shared.retain();
        shrink();
        return new Lease(shared);
    }

    synchronized int size() {
        return models.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
        models.values().forEach(SharedModel::release);
        models.clear();
        paramsBytes = 0;
    }

    private void shrink() {
        Iterator<SharedModel> oldest = models.values().iterator();
        while (models.size() > maxModels || paramsBytes > maxParamsBytes) {
            SharedModel model = oldest.next();
            oldest.remove();
            drop(model);
        }
    }

    private void drop(SharedModel model) {
        paramsBytes -= bytes(model);
        model.release();
    }

    private static long bytes(SharedModel model) {
        return model.model().checkpoint().params().bytes();
    }
}
