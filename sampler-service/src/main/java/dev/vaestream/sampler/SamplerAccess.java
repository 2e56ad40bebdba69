package dev.vaestream.sampler;

import dev.vaestream.httpsecurity.AccessRule;
import dev.vaestream.httpsecurity.AccessRules;
import dev.vaestream.httpsecurity.Role;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Whom this service answers what: pictures and whatever else changes nothing; where an alias points is the operator's. */
final class SamplerAccess {
    @Produces
    @Singleton
    AccessRules rules() {
        return new AccessRules(
                AccessRule.reading("/**", Role.SAMPLER, Role.OPERATOR),
                AccessRule.of("POST", "/v1/samples", Role.SAMPLER, Role.OPERATOR),
                AccessRule.of("POST", "/v1/interpolations", Role.SAMPLER, Role.OPERATOR),
                AccessRule.of("POST", "/v1/reconstructions", Role.SAMPLER, Role.OPERATOR),
                AccessRule.of("POST", "/v1/verifications", Role.SAMPLER, Role.OPERATOR),
                AccessRule.of("POST", "/v1/runs/*/checkpoints/*/verification", Role.SAMPLER, Role.OPERATOR));
    }
}
