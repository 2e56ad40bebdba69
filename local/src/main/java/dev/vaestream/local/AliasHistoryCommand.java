package dev.vaestream.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "history",
        description = "Shows every move of an alias, the first one first.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class AliasHistoryCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "the run's name")
    private String run = "";

    @Parameters(index = "1", paramLabel = "ALIAS", description = "as production")
    private String alias = "";

    AliasHistoryCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        AliasText.history(state.services().checkpoints(run).history(alias)).forEach(surroundings::line);
        return 0;
    }
}
