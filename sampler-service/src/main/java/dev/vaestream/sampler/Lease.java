package dev.vaestream.sampler;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to use a model until it is given back. */
final class Lease implements AutoCloseable {
    private final SharedModel shared;
    private final AtomicBoolean ended = new AtomicBoolean();

    Lease(SharedModel shared) {
        this.shared = shared;
    }

    Model model() {
        return shared.model();
    }

    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            shared.release();
        }
    }
}
