package dev.vaestream.local;

import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.StreamStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "start",
        description = "Queues a run; a trainer takes it when it has ended the one before.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RunStartCommand implements Callable<Integer> {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'run-'yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Option(names = "--id", paramLabel = "RUN", description = "its name (default: made from the time)")
    private @Nullable String id;

    @Option(names = "--stream", paramLabel = "STREAM", description = "what it trains on (default: mnist)")
    private @Nullable String stream;

    @Option(names = "--steps", paramLabel = "N", description = "how many batches (default: the whole stream)")
    private @Nullable Long steps;

    @Option(
            names = "--spec",
            paramLabel = "FILE",
            description = "a run spec as JSON; --stream and --steps go before what it says")
    private @Nullable Path spec;

    RunStartCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        RunDraft draft = spec == null ? RunDraft.EMPTY : RunDraft.read(spec);
        draft = draft.with(stream, steps);
        Services services = state.services();
        if (!draft.hasSteps()) {
            draft = draft.with(null, batches(services, draft.stream()));
        }
        String name = id == null ? NAME.format(Clock.systemUTC().instant()) : id;
        RunDraft complete = draft;
        RunRequest request = Arguments.checked(() -> new RunRequest(name, complete.spec()));
        services.startRun(request);
        surroundings.line(Text.labelled(
                "run",
                "%s: %s steps on stream %s, queued"
                        .formatted(name, Text.count(request.spec().steps()), request.spec().stream())));
        return 0;
    }

    private static @Nullable Long batches(Services services, String stream) {
        StreamStatus status = services.stream(stream)
                .orElseThrow(() -> new CommandFailedException(
                        "there is no stream '%s'; make it with: ./vaestream stream create".formatted(stream)));
        long batches = status.spec().batches();
        return batches == 0 ? null : batches;
    }
}
