package dev.vaestream.integrationtests;

import dev.vaestream.local.ClusterOptions;

/** The broker and the store that {@code ./vaestream} starts. */
record EmbeddedStack() implements Stack {
    @Override
    public ClusterOptions configure(ClusterOptions options) {
        return options;
    }

    @Override
    public void close() {
        // Both end with the cluster.
    }

    @Override
    public String toString() {
        return "embedded";
    }
}
