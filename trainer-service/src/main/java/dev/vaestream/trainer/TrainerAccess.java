package dev.vaestream.trainer;

import dev.vaestream.httpsecurity.AccessRules;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Whom this service answers what: it has nothing but health and metrics. */
final class TrainerAccess {
    @Produces
    @Singleton
    AccessRules rules() {
        return new AccessRules();
    }
}
