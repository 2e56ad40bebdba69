package dev.vaestream.sampler;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The model that serves. A reader keeps the one that it leased until it gives it back, whatever replaces it meanwhile;
 * a replaced model's decoder is closed by the last who gives it back.
 */
final class CurrentModel implements AutoCloseable {
    private final AtomicReference<@Nullable SharedModel> current = new AtomicReference<>();
    private boolean closed;

    /** Empty before the first model. */
    Optional<Lease> lease() {
        while (true) {
            SharedModel model = current.get();
            if (model == null) {
                return Optional.empty();
            }
            if (model.retain()) {
                return Optional.of(new Lease(model));
            }
        }
    }

    /** Empty where what serves is not {@code wanted}, too. */
    Optional<Lease> lease(Predicate<Checkpoint> wanted) {
        Optional<Lease> served = lease();
        if (served.isPresent() && !wanted.test(served.get().model().checkpoint())) {
            served.get().close();
            return Optional.empty();
        }
        return served;
    }

    /** Takes {@code next} over: it serves from now on and is closed here. */
    synchronized void replace(Model next) {
        SharedModel previous = current.getAndSet(new SharedModel(next));
        if (previous != null) {
            previous.release();
        }
        if (closed) {
            close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        SharedModel last = current.getAndSet(null);
        if (last != null) {
            last.release();
        }
    }
}
