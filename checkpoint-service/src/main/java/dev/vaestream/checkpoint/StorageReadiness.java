package dev.vaestream.checkpoint;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the store answers and holds what commits need. */
@Readiness
class StorageReadiness implements HealthCheck {
    private final StorageMonitor monitor;

    StorageReadiness(StorageMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public HealthCheckResponse call() {
        StorageHealth health = monitor.health();
        return HealthCheckResponse.named("object storage")
                .status(health.ready())
                .withData("reason", health.reason())
                .build();
    }
}
