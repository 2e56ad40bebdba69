package dev.vaestream.httpsecurity;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the plain classes together. */
@Dependent
final class SecurityBeans {
    @Produces
    @Singleton
    ApiKeys keys(SecurityConfig config) {
        return config.apiKeys().map(ApiKeys::read).orElseGet(() -> new ApiKeys(List.of()));
    }

    @Produces
    @Singleton
    Authentication authentication(
            ApiKeys keys,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean tokens,
            @ConfigProperty(name = "quarkus.oidc.token.audience") Optional<Set<String>> audience) {
        return new Authentication(!keys.isEmpty(), tokens, audience);
    }

    /** Before anything else starts, and before the port is open. */
    void start(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
            Authentication authentication,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        authentication.check(host);
    }
}
