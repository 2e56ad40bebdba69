package dev.vaestream.local;

import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.StreamStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description = "Shows what runs and where, the streams and the runs.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class StatusCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        BackgroundCluster cluster = state.running();
        Services services = new Services(cluster.addresses());
        print(Arrays.stream(Member.values())
                .map(member -> row(cluster.addresses(), services, member))
                .toList());
        printAfterLine(streams(services.streams()));
        printAfterLine(runs(services.runs()));
        return 0;
    }

    static List<List<String>> streams(List<StreamStatus> streams) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("STREAM", "DATASET", "BATCHES OF", "PUBLISHED"));
        streams.forEach(status -> rows.add(List.of(
                status.spec().stream(),
                status.spec().dataset() == null
                        ? "-"
                        : String.valueOf(status.spec().dataset()),
                Integer.toString(status.spec().batchSize()),
                status.spec().batches() == 0
                        ? Long.toString(status.published())
                        : status.published() + "/" + status.spec().batches())));
        return rows;
    }

    static List<List<String>> runs(List<RunStatus> runs) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("RUN", "STREAM", "STEP", "LOSS", "CHECKPOINTS"));
        runs.forEach(status -> {
            var latest = status.latest();
            rows.add(List.of(
                    status.identity().run(),
                    status.identity().spec().stream(),
                    (latest == null ? 0 : latest.step()) + "/"
                            + status.identity().spec().steps(),
                    latest == null ? "-" : Text.losses(latest.losses()),
                    String.join(
                            " ", status.steps().stream().map(String::valueOf).toList())));
        });
        return rows;
    }

    private static List<String> row(Addresses addresses, Services services, Member member) {
        if (member == Member.BROKER) {
            return List.of(member.title(), addresses.bootstrapServers(), "");
        }
        String address = addresses.http(member).toString();
        if (member == Member.STORE) {
            return List.of(member.title(), address, "");
        }
        Health health = services.readiness(member);
        return List.of(member.title(), address, health.ready() ? "ready" : health.reason());
    }

    private void printAfterLine(List<List<String>> rows) {
        if (rows.size() > 1) {
            surroundings.line("");
            print(rows);
        }
    }

    private void print(List<List<String>> rows) {
        Text.table(rows).forEach(surroundings::line);
    }
}
