package dev.vaestream.local;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a cluster remembers from one start to the next.
 *
 * @param datasets directories by the name of their dataset
 */
record ClusterState(Ports ports, SortedMap<String, String> datasets) {
    static final ClusterState NEW = new ClusterState(Ports.DEFAULT, new TreeMap<>());

    ClusterState {
        datasets = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(datasets));
    }
}
