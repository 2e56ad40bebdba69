package dev.vaestream.local;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a cluster's servers listen. */
public final class Addresses {
    private final Ports ports;
    private final @Nullable ExternalServers servers;

    Addresses(Ports ports) {
        this(ports, null);
    }

    /** @param servers the broker and the store that are used; absent for those at {@code ports} */
    Addresses(Ports ports, @Nullable ExternalServers servers) {
        this.ports = ports;
        this.servers = servers;
    }

    /** Kafka's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        String others = servers == null ? null : servers.bootstrapServers();
        return others == null ? Loopback.HOST + ":" + ports.broker() : others;
    }

    /** The HTTP address of a service or of the store, without a path. */
    public URI http(Member member) {
        return member == Member.STORE && servers != null
                ? servers.store()
                : URI.create("http://" + Loopback.HOST + ":" + ports.of(member));
    }
}
