package dev.vaestream.sampler;

import dev.vaestream.httpsecurity.AccessRule;
import dev.vaestream.httpsecurity.AccessRules;
import dev.vaestream.httpsecurity.Role;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Whom this service answers what: all of it, the page too, changes nothing. */
final class SamplerAccess {
    @Produces
    @Singleton
    AccessRules rules() {
        return new AccessRules(AccessRule.all("/**", Role.SAMPLER, Role.OPERATOR));
    }
}
