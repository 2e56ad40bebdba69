package dev.vaestream.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.Sha256;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = {
            "Trains again from one checkpoint of a run to another, and says whether they end alike.",
            "The replay is a run of its own. Exit code 1 where its weights are others."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReplayCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Parameters(paramLabel = "RUN", description = "the run's name")
    private String run = "";

    @Option(names = "--from", paramLabel = "A", required = true, description = "step of the checkpoint to begin with")
    private long from;

    @Option(names = "--to", paramLabel = "B", required = true, description = "step of the checkpoint to land on")
    private long to;

    @Option(names = "--id", paramLabel = "RUN", description = "the replay's name (default: replay-RUN-A-B)")
    private @Nullable String id;

    ReplayCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        ReplayPlan plan = new ReplayPlan(run, from, to);
        BackgroundCluster cluster = state.running();
        Services services = new Services(cluster.addresses());
        RunStatus status = services.begunRun(run);
        Checkpoints checkpoints = services.checkpoints(run);
        requireKept(status, from);
        requireKept(status, to);
        RunRequest request = plan.request(id, status.identity().spec());
        // Two replays of one name at once hold for themselves.
        String reader = Sha256.of((request.run() + ProcessHandle.current().pid()).getBytes(UTF_8))
                .abbreviated();
        try (Hold first = new Hold(checkpoints, "replay-from-" + reader, from);
                Hold last = new Hold(checkpoints, "replay-to-" + reader, to)) {
            Manifest start = first.manifest();
            Manifest stored = last.manifest();
            Manifest replayed = services.run(request.run())
                    .filter(again -> again.steps().contains(to))
                    .map(again -> trainedBefore(services, request))
                    .orElseGet(() -> train(cluster, services, status, request, start));
            return compare(stored, replayed, checkpoints);
        }
    }

    private void requireKept(RunStatus status, long step) {
        if (!status.steps().contains(step)) {
            throw new CommandFailedException("checkpoint %s/%d is not kept; kept are: %s"
                    .formatted(
                            run,
                            step,
                            status.steps().stream().map(String::valueOf).collect(Collectors.joining(" "))));
        }
    }

    private Manifest trainedBefore(Services services, RunRequest request) {
        surroundings.line(Text.labelled(
                "run", "%s was trained before; to train once more, give another --id".formatted(request.run())));
        services.startRun(request); // Refused where the run of this name is not this replay.
        return last(services, request);
    }

    private Manifest train(
            BackgroundCluster cluster, Services services, RunStatus status, RunRequest request, Manifest start) {
        KeptRecords.require(cluster.addresses().bootstrapServers(), status.identity(), start.progress());
        String description =
                "%s: %s steps from %s/%d on, queued".formatted(request.run(), Text.count(to - from), run, from);
        new AwaitedRun(cluster, services, surroundings.screen()).complete(request, description, event -> {}, () -> {});
        return last(services, request);
    }

    private Manifest last(Services services, RunRequest request) {
        return services.checkpoints(request.run()).find(Long.toString(to));
    }

    private int compare(Manifest stored, Manifest replayed, Checkpoints checkpoints) {
        describe("stored", stored);
        describe("replayed", replayed);
        List<String> differences = new ReplayComparison(stored, replayed, checkpoints::blob).differences();
        if (differences.isEmpty()) {
            surroundings.line(Text.labelled("same", "every array bit for bit, and every record that was read"));
            return 0;
        }
        differences.forEach(difference -> surroundings.line(Text.labelled("differs", difference)));
        if (!stored.numeric().equals(replayed.numeric())) {
            surroundings.line(
                    Text.labelled("machine", "%s stored, %s replayed".formatted(stored.numeric(), replayed.numeric())));
        }
        return 1;
    }

    private void describe(String label, Manifest manifest) {
        surroundings.line(Text.labelled(
                label,
                "%s/%d, weights sha256 %s"
                        .formatted(
                                manifest.run(),
                                manifest.step(),
                                manifest.blob(Blob.PARAMS).sha256())));
    }
}
