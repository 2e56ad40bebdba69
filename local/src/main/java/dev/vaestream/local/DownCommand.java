package dev.vaestream.local;

import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "down",
        description = "Stops what runs in the background; nothing is lost.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DownCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    DownCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        StateDirectory directory = state.directory();
        boolean something =
                Files.exists(directory.lock()) && directory.running().isPresent();
        if (something) {
            BackgroundCluster.stop(directory);
        }
        surroundings.line(
                Text.labelled(something ? "stopped" : "nothing", (something ? "" : "runs in ") + directory.root()));
        return 0;
    }
}
