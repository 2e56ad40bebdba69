package dev.vaestream.local;

import java.util.Arrays;
import java.util.Collection;

/** A cluster that lives as long as this command. */
record ForegroundCluster(LocalCluster cluster) implements ClusterAccess {
    @Override
    public Addresses addresses() {
        return cluster.addresses();
    }

    @Override
    public Collection<Long> pids() {
        return Arrays.stream(Member.values())
                .flatMap(member -> cluster.process(member).stream())
                .map(ProcessHandle::pid)
                .toList();
    }

    @Override
    public void check() {
        cluster.throwFailure();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
