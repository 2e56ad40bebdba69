package dev.vaestream.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vaestream.contracts.CheckpointOptions;
import dev.vaestream.contracts.ForkedFrom;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What is to be trained again.
 *
 * @param run that was trained before
 * @param from step of the checkpoint that the replay begins with
 * @param to step of the checkpoint that it must end with
 */
record ReplayPlan(String run, long from, long to) {
    private static final int LONGEST_NAME = 63;

    ReplayPlan {
        if (from >= to) {
            throw new UsageException("--from is %d and --to is %d; --from must be the lower one".formatted(from, to));
        }
    }

    /** The replay's own name; of a long run's name, a digest stands in its place. */
    String name() {
        String name = "replay-%s-%d-%d".formatted(run, from, to);
        return name.length() <= LONGEST_NAME
                ? name
                : "replay-%s-%d-%d".formatted(Sha256.of(run.getBytes(UTF_8)).abbreviated(), from, to);
    }

    /**
     * The replay as a run, which saves where it begins, at its end, and where its trainer has to stop.
     *
     * @param name of it; absent for {@link #name()}
     * @param spec of the run that was trained before
     */
    RunRequest request(@Nullable String name, RunSpec spec) {
        ObjectNode fork = Json.mapper().valueToTree(spec);
        fork.remove("initializeFrom");
        fork.put("steps", to);
        fork.set("forkedFrom", Json.mapper().valueToTree(new ForkedFrom(run, from)));
        fork.set("checkpoints", Json.mapper().valueToTree(CheckpointOptions.of(to, 1)));
        RunSpec replay = Json.read(Json.write(fork), RunSpec.class);
        return Arguments.checked(() -> new RunRequest(name == null ? name() : name, replay));
    }
}
