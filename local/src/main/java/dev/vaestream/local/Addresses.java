package dev.vaestream.local;

import java.net.URI;

/** Where a cluster's servers listen. */
public final class Addresses {
    private final Ports ports;

    Addresses(Ports ports) {
        this.ports = ports;
    }

    /** Kafka's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return Loopback.HOST + ":" + ports.broker();
    }

    /** The HTTP address of a service or of the store, without a path. */
    public URI http(Member member) {
        return URI.create("http://" + Loopback.HOST + ":" + ports.of(member));
    }
}
