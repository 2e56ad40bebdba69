package dev.vaestream.sampler;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when there is a model to serve. A checkpoint service that is away or a checkpoint that was rejected is told,
 * and changes nothing while an older model serves.
 */
@Readiness
@Singleton
final class ModelReadiness implements HealthCheck {
    private final CurrentModel current;
    private final ModelFollower follower;

    ModelReadiness(CurrentModel current, ModelFollower follower) {
        this.current = current;
        this.follower = follower;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("model");
        Optional<Lease> served = current.lease();
        if (served.isPresent()) {
            try (Lease lease = served.get()) {
                Checkpoint checkpoint = lease.model().checkpoint();
                response.up()
                        .withData("checkpoint", checkpoint.name())
                        .withData("params", checkpoint.paramsDigest().hex());
            }
        } else {
            response.down().withData("reason", follower.state().reason());
        }
        return withState(response).build();
    }

    private HealthCheckResponseBuilder withState(HealthCheckResponseBuilder response) {
        FollowerState state = follower.state();
        if (state.trouble() != null) {
            response.withData("trouble", state.trouble());
        }
        if (!state.unreadable().isEmpty()) {
            response.withData("unreadable", String.join("; ", state.unreadable()));
        }
        if (!state.rejections().isEmpty()) {
            response.withData(
                    "rejected",
                    state.rejections().stream().map(Rejection::toString).collect(Collectors.joining("; ")));
        }
        return response;
    }
}
