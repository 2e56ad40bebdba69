package dev.vaestream.local;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "set",
        description = "Points an alias at a checkpoint, which is kept as long as it does.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class AliasSetCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "the run's name")
    private String run = "";

    @Parameters(index = "1", paramLabel = "ALIAS", description = "as production")
    private String alias = "";

    @Parameters(
            index = "2",
            paramLabel = "STEP",
            description = "of the checkpoint; latest, best or another alias will do")
    private String step = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "for people who read the history")
    private @Nullable String reason;

    AliasSetCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Checkpoints checkpoints = state.services().checkpoints(run);
        AliasWish wish = new AliasWish(checkpoints.step(step), null, reason);
        surroundings.line(AliasText.moved(checkpoints.move(alias, wish)));
        return 0;
    }
}
