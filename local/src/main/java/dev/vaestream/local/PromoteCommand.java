package dev.vaestream.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Sha256;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "promote",
        description = "Points the alias production at a checkpoint, if it is good enough. Exit code 1 where it is not.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class PromoteCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "the run's name")
    private String run = "";

    @Parameters(index = "1", paramLabel = "STEP", description = "of the checkpoint; latest, best or an alias will do")
    private String step = "";

    @Option(
            names = "--alias",
            paramLabel = "ALIAS",
            defaultValue = "production",
            description = "another alias (default: ${DEFAULT-VALUE})")
    private String alias = "production";

    @ArgGroup
    private @Nullable Guard guard;

    @Option(names = "--reason", paramLabel = "TEXT", description = "for people who read the history")
    private @Nullable String reason;

    PromoteCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        JsonNode condition = guard == null ? null : guard.json();
        Checkpoints checkpoints = state.services().checkpoints(run);
        AliasWish wish = new AliasWish(checkpoints.step(step), condition, reason);
        surroundings.line(AliasText.moved(checkpoints.move(alias, wish)));
        return 0;
    }

    /** What must hold. */
    static final class Guard {
        @Option(
                names = "--if-better",
                paramLabel = "METRIC",
                description =
                        "only if it is better than where the alias points: loss, mse, kl, or one of evaluation.loss, evaluation.mse, evaluation.kl")
        private @Nullable String better;

        @Option(
                names = "--if-canary",
                paramLabel = "SHA256",
                description = "only if the image that the checkpoint was tried with has this digest")
        private @Nullable String canary;

        JsonNode json() {
            String digest = canary;
            return digest == null
                    ? Json.mapper().createObjectNode().put("better", better)
                    : Json.mapper()
                            .createObjectNode()
                            .put(
                                    "canary",
                                    Arguments.checked(() -> new Sha256(digest)).hex());
        }
    }
}
