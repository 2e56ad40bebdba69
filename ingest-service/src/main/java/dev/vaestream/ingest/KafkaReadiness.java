package dev.vaestream.ingest;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while Kafka is there with all its topics. Says beside it which streams stand still. */
@Readiness
@Singleton
final class KafkaReadiness implements HealthCheck {
    private final KafkaWatch watch;
    private final Streams streams;

    @Inject
    KafkaReadiness(KafkaWatch watch, Streams streams) {
        this.watch = watch;
        this.streams = streams;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("kafka");
        streams.all().stream()
                .filter(stream -> stream.problem() != null)
                .forEach(stream -> response.withData("stream " + stream.spec().stream(), stream.problem()));
        return watch.problem()
                .map(why -> response.down().withData("reason", why))
                .orElseGet(response::up)
                .build();
    }
}
