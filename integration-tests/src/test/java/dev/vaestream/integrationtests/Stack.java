package dev.vaestream.integrationtests;

import dev.vaestream.local.ClusterOptions;
import dev.vaestream.local.LocalCluster;
import java.nio.file.Path;

/** The broker and the object store that the tests run on: {@code -Dit.stack=auto|containers|embedded}. */
enum Stack {
    EMBEDDED;

    static Stack chosen() {
        return EMBEDDED;
    }

    ClusterOptions options(Path directory) {
        return ClusterOptions.of(home(), directory).withAnyPorts();
    }

    String bootstrapServers(LocalCluster cluster) {
        return cluster.addresses().bootstrapServers();
    }

    /** The root of the repository. */
    static Path home() {
        return Path.of(System.getProperty("vaestream.home"));
    }
}
