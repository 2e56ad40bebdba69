package dev.vaestream.ingest;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Answers a body that is said to be too large with a problem; the HTTP server alone would answer with nothing. */
@Singleton
final class BodyLimit {
    private static final int PRIORITY = 100;

    private final long maxBytes;

    @Inject
    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize max) {
        this.maxBytes = max.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || !isTooLarge(length)) {
            request.next();
            return;
        }
        String detail = "The body has %s bytes; it must have at most %d".formatted(length, maxBytes);
        request.response()
                .setStatusCode(Refusal.BODY_TOO_LARGE.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(ProblemMapper.json(Refusal.BODY_TOO_LARGE, detail));
    }

    private boolean isTooLarge(String length) {
        return length.matches("[0-9]{1,18}") && Long.parseLong(length) > maxBytes;
    }
}
