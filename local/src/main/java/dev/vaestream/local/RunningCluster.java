package dev.vaestream.local;

import java.util.List;

/**
 * The processes of a cluster, as its supervisor last wrote them down.
 *
 * @param ready whether the start is over
 */
record RunningCluster(ProcessId supervisor, List<ProcessId> members, boolean ready) {
    RunningCluster {
        members = List.copyOf(members);
    }
}
