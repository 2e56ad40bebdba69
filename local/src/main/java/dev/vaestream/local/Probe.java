package dev.vaestream.local;

import java.util.Optional;

/** Whether a member can be used, and else why not. */
final class Probe {
    private final Services services;
    private final Ports ports;

    Probe(Ports ports) {
        this.services = new Services(new Addresses(ports));
        this.ports = ports;
    }

    /** What is missing; empty where the member can be used. */
    Optional<String> trouble(Member member) {
        return switch (member) {
            case BROKER, STORE ->
                Loopback.answers(ports.of(member))
                        ? Optional.empty()
                        : Optional.of("nothing listens on port " + ports.of(member));
            // It has nothing to serve before the first checkpoint, so it need only live.
            case SAMPLER -> services.liveness(member).trouble();
            case CHECKPOINT, INGEST, TRAINER -> services.readiness(member).trouble();
        };
    }
}
