package dev.vaestream.trainer;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the run in work waits for what ought to be there. */
@Readiness
@Singleton
final class WorkReadiness implements HealthCheck {
    private final TrainerStatus status;

    WorkReadiness(TrainerStatus status) {
        this.status = status;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("work");
        status.reasons().forEach(response::withData);
        return response.status(status.reasons().isEmpty()).build();
    }
}
