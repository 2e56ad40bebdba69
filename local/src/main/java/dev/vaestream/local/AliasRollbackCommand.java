package dev.vaestream.local;

import dev.vaestream.contracts.AliasRollback;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollback",
        description = "Points an alias where it pointed before, as one more move.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class AliasRollbackCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "the run's name")
    private String run = "";

    @Parameters(index = "1", paramLabel = "ALIAS", description = "as production")
    private String alias = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "for people who read the history")
    private @Nullable String reason;

    AliasRollbackCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        AliasRollback rollback = Arguments.checked(() -> new AliasRollback(reason));
        surroundings.line(AliasText.moved(state.services().checkpoints(run).rollBack(alias, rollback)));
        return 0;
    }
}
