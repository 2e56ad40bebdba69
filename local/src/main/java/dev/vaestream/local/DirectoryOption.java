package dev.vaestream.local;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that all commands with a cluster have. */
final class DirectoryOption {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".vaestream",
            description = "where all state is kept (default: ${DEFAULT-VALUE})")
    private Path directory = Path.of(".vaestream");

    StateDirectory directory() {
        return new StateDirectory(directory);
    }

    /** The cluster that runs there. */
    BackgroundCluster running() {
        BackgroundCluster cluster = BackgroundCluster.find(directory())
                .orElseThrow(() -> new CommandFailedException("nothing runs in %s; start it with: ./vaestream up"
                        .formatted(directory().root())));
        cluster.awaitReady();
        return cluster;
    }

    Services services() {
        return new Services(running().addresses());
    }
}
