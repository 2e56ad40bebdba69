package dev.vaestream.sampler;

import java.util.concurrent.atomic.AtomicInteger;

/** A model and how many use it. The first use is its maker's. */
final class SharedModel {
    private final Model model;
    private final AtomicInteger uses = new AtomicInteger(1);

    SharedModel(Model model) {
        this.model = model;
    }

    Model model() {
        return model;
    }

    /** Adds a use, unless the last one has ended. */
    boolean retain() {
        return uses.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    void release() {
        if (uses.decrementAndGet() == 0) {
            model.decoder().close();
        }
    }
}
