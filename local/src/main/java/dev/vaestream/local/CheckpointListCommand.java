package dev.vaestream.local;

import dev.vaestream.contracts.CheckpointMetric;
import dev.vaestream.contracts.CheckpointSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "list",
        description = "Shows a run's checkpoints, their losses and why each is kept.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CheckpointListCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Parameters(paramLabel = "RUN", description = "the run's name")
    private String run = "";

    CheckpointListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Text.table(rows(state.services().checkpoints(run).list())).forEach(surroundings::line);
        return 0;
    }

    static List<List<String>> rows(List<CheckpointSummary> checkpoints) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("STEP", "LOSS", "EVALUATION", "ALIASES", "KEPT", "DIGEST"));
        for (int i = 0; i < checkpoints.size(); i++) {
            CheckpointSummary checkpoint = checkpoints.get(i);
            rows.add(List.of(
                    Long.toString(checkpoint.step()),
                    number(checkpoint.metrics().get(CheckpointMetric.LOSS)),
                    number(checkpoint.metrics().get(CheckpointMetric.EVALUATION_LOSS)),
                    checkpoint.aliases().isEmpty() ? "-" : String.join(" ", checkpoint.aliases()),
                    why(checkpoint, i == checkpoints.size() - 1),
                    checkpoint.digest().abbreviated()));
        }
        return rows;
    }

    private static String number(@Nullable Double value) {
        return value == null ? "-" : Text.format("%.4f", value);
    }

    private static String why(CheckpointSummary checkpoint, boolean newest) {
        if (checkpoint.retiring()) {
            return "being deleted";
        }
        List<String> reasons = new ArrayList<>();
        if (newest) {
            reasons.add("newest");
        }
        if (checkpoint.best()) {
            reasons.add("best");
        }
        if (!checkpoint.aliases().isEmpty()) {
            reasons.add("alias");
        }
        if (checkpoint.pinned()) {
            reasons.add("read now");
        }
        return reasons.isEmpty() ? "by the run's options" : String.join(", ", reasons);
    }
}
