package dev.vaestream.httpsecurity;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Set;

/** Holds every request to the service's rules. */
@Singleton
final class AccessPolicy implements HttpSecurityPolicy {
    private final AccessRules rules;
    private final Authentication authentication;

    AccessPolicy(AccessRules rules, Authentication authentication) {
        this.rules = rules;
        this.authentication = authentication;
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext request, Uni<SecurityIdentity> caller, AuthorizationRequestContext context) {
        Set<Role> roles = rules.roles(request.request().method().name(), request.normalizedPath());
        if (!authentication.isOn() || roles.isEmpty()) {
            return CheckResult.permit();
        }
        return caller.flatMap(identity -> check(identity, roles));
    }

    private static Uni<CheckResult> check(SecurityIdentity identity, Set<Role> roles) {
        if (identity.isAnonymous()) {
            return Uni.createFrom().failure(new AuthenticationFailedException());
        }
        return roles.stream().map(Role::title).anyMatch(identity::hasRole) ? CheckResult.permit() : CheckResult.deny();
    }
}
