package dev.vaestream.local;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/** Chooses ports: the wanted one where it is free, else another. No port is chosen twice. */
final class PortChooser {
    private final IntPredicate free;
    private final IntSupplier any;
    private final Set<Integer> chosen = new HashSet<>();

    /**
     * @param free whether a port can be listened on
     * @param any a port that can be listened on
     */
    PortChooser(IntPredicate free, IntSupplier any) {
        this.free = free;
        this.any = any;
    }

    /** @throws CommandFailedException where {@code samplerPort} is given and in use */
    Ports choose(Ports wanted, OptionalInt samplerPort) {
        return new Ports(
                samplerPort.isPresent() ? require(samplerPort.getAsInt()) : choose(wanted.sampler()),
                choose(wanted.ingest()),
                choose(wanted.trainer()),
                choose(wanted.checkpoint()),
                choose(wanted.broker()),
                choose(wanted.controller()),
                choose(wanted.store()));
    }

    private int require(int port) {
        if (!free.test(port)) {
            throw new CommandFailedException(
                    "port %d is in use; stop what listens there, or give another --port".formatted(port));
        }
        chosen.add(port);
        return port;
    }

    private int choose(int wanted) {
        int port = wanted;
        while (port == 0 || chosen.contains(port) || !free.test(port)) {
            port = any.getAsInt();
        }
        chosen.add(port);
        return port;
    }
}
