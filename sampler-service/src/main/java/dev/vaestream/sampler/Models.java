package dev.vaestream.sampler;

import java.util.Optional;

/** The models for the HTTP edge, where having none is an error. */
final class Models {
    private final CurrentModel current;
    private final ModelFollower follower;
    private final RequestedModels requested;

    Models(CurrentModel current, ModelFollower follower, RequestedModels requested) {
        this.current = current;
        this.follower = follower;
        this.requested = requested;
    }

    /** @throws NoModelException saying why there is none */
    Lease lease() {
        return current.lease()
                .orElseThrow(() -> new NoModelException(
                        "No checkpoint is served yet: " + follower.state().reason()));
    }

    /**
     * The served model where it is asked for, else the one that {@link RequestedModels#lease} gives.
     *
     * @throws NoModelException where the run is to be the served one, and there is none
     */
    Lease lease(CheckpointReference reference) {
        String run = reference.run();
        if (run == null) {
            return reference.isLatest() ? lease() : requested.lease(servedRun(), reference);
        }
        Optional<Lease> served = reference.isLatest()
                ? current.lease(checkpoint -> checkpoint.manifest().run().equals(run))
                : Optional.empty();
        return served.orElseGet(() -> requested.lease(run, reference));
    }

    /** The model, if it can be had without asking anybody or waiting. */
    Optional<Lease> loaded(CheckpointReference reference) {
        String run = reference.run();
        if (reference.isLatest()) {
            return current.lease(
                    checkpoint -> run == null || checkpoint.manifest().run().equals(run));
        }
        if (run != null) {
            return requested.loaded(run, reference);
        }
        return current.lease().flatMap(lease -> {
            try (lease) {
                return requested.loaded(lease.model().checkpoint().manifest().run(), reference);
            }
        });
    }

    /**
     * The served checkpoint's run.
     *
     * @throws NoModelException where none is served
     */
    String servedRun() {
        try (Lease lease = lease()) {
            return lease.model().checkpoint().manifest().run();
        }
    }
}
