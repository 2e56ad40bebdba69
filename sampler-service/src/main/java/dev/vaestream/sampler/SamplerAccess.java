package dev.vaestream.sampler;

import dev.vaestream.httpsecurity.AccessRule;
import dev.vaestream.httpsecurity.AccessRules;
import dev.vaestream.httpsecurity.Role;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Whom this service answers what: only where an alias points is not everybody's. */
final class SamplerAccess {
    @Produces
    @Singleton
    AccessRules rules() {
        return new AccessRules(
                AccessRule.of("PUT", "/v1/runs/*/aliases/*", Role.OPERATOR),
                AccessRule.of("POST", "/v1/runs/*/aliases/*/rollback", Role.OPERATOR),
                AccessRule.all("/**", Role.SAMPLER, Role.OPERATOR));
    }
}
