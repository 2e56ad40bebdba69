package dev.vaestream.local;

import java.util.Collection;

/** A cluster that a command uses, whoever started it. */
interface ClusterAccess extends AutoCloseable {
    Addresses addresses();

    /** Of all members, and of the supervisor where that is a process of its own. */
    Collection<Long> pids();

    /** @throws CommandFailedException where the cluster has ended or cannot go on */
    void check();

    /** Ends the use: of a cluster that was started only for this, also the cluster. */
    @Override
    void close();
}
