package dev.vaestream.checkpoint;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Says whether events wait for Kafka. They are hints, so the service is ready all the same. */
@Readiness
class EventsReadiness implements HealthCheck {
    private final Announcer announcer;

    EventsReadiness(Announcer announcer) {
        this.announcer = announcer;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder check = HealthCheckResponse.named("events").up();
        if (!announcer.fault().isEmpty()) {
            check.withData("waiting", announcer.waiting()).withData("reason", announcer.fault());
        }
        return check.build();
    }
}
