package dev.vaestream.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Shows the runs that have a checkpoint or were begun.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RunListCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    RunListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Text.table(StatusCommand.runs(state.services().runs())).forEach(surroundings::line);
        return 0;
    }
}
