package dev.vaestream.checkpoint;

import dev.vaestream.httpsecurity.AccessRule;
import dev.vaestream.httpsecurity.AccessRules;
import dev.vaestream.httpsecurity.Role;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Whom this service answers what: only a trainer commits, and only the operator moves aliases and deletes. */
final class CheckpointAccess {
    @Produces
    @Singleton
    AccessRules rules() {
        return new AccessRules(
                AccessRule.reading("/v1/**", Role.OPERATOR, Role.TRAINER, Role.READER),
                AccessRule.of("PUT", "/v1/blobs/*", Role.TRAINER),
                AccessRule.of("POST", "/v1/runs/*/writers", Role.TRAINER),
                AccessRule.of("PUT", "/v1/runs/*/checkpoints/*", Role.TRAINER),
                AccessRule.of("POST", "/v1/runs/*/checkpoints/*/verification", Role.OPERATOR, Role.READER),
                AccessRule.of("PUT", "/v1/runs/*/pins/*", Role.OPERATOR, Role.READER),
                AccessRule.of("DELETE", "/v1/runs/*/pins/*", Role.OPERATOR, Role.READER));
    }
}
