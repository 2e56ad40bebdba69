package dev.vaestream.httpsecurity;

import dev.vaestream.contracts.ApiKey;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Collectors;

/** Knows callers by their API keys, and leaves tokens to OpenID Connect. */
@Singleton
final class ApiKeyMechanism implements HttpAuthenticationMechanism {
    private final ApiKeys keys;

    ApiKeyMechanism(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        Optional<String> shown = ShownKey.in(request.request().getHeader(HttpHeaders.AUTHORIZATION));
        if (shown.isEmpty() || keys.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        return find(shown.get())
                .map(caller -> Uni.createFrom().<SecurityIdentity>item(identity(caller)))
                .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
    }

    private Optional<Caller> find(String shown) {
        try {
            return keys.find(new ApiKey(shown));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SecurityIdentity identity(Caller caller) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(caller.name()))
                .addRoles(caller.roles().stream().map(Role::title).collect(Collectors.toSet()))
                .build();
    }

    /** Before OpenID Connect, which would take a key for a damaged token. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1;
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext request) {
        Refusals.unauthorized(request);
        return Uni.createFrom().item(true);
    }
}
