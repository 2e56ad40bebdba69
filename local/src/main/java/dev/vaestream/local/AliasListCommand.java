package dev.vaestream.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "list",
        description = "Shows a run's aliases and where each points.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class AliasListCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Parameters(paramLabel = "RUN", description = "the run's name")
    private String run = "";

    AliasListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        AliasText.aliases(state.services().checkpoints(run).aliases()).forEach(surroundings::line);
        return 0;
    }
}
