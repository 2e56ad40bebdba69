package dev.vaestream.sampler;

/** The served model for the HTTP edge, where having none is an error. */
final class Models {
    private final CurrentModel current;
    private final ModelFollower follower;

    Models(CurrentModel current, ModelFollower follower) {
        this.current = current;
        this.follower = follower;
    }

    /** @throws NoModelException saying why there is none */
    Lease lease() {
        return current.lease()
                .orElseThrow(() -> new NoModelException(
                        "No checkpoint is served yet: " + follower.state().reason()));
    }
}
