package dev.vaestream.ingest;

import dev.vaestream.httpsecurity.AccessRule;
import dev.vaestream.httpsecurity.AccessRules;
import dev.vaestream.httpsecurity.Role;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Whom this service answers what; runs are the operator's. */
final class IngestAccess {
    @Produces
    @Singleton
    AccessRules rules() {
        return new AccessRules(
                AccessRule.reading("/v1/streams/**", Role.INGEST, Role.OPERATOR, Role.READER),
                AccessRule.of("POST", "/v1/streams", Role.INGEST, Role.OPERATOR),
                AccessRule.of("PUT", "/v1/streams/*/batches/*", Role.INGEST, Role.OPERATOR));
    }
}
