package dev.vaestream.local;

import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.Verification;
import dev.vaestream.contracts.Verification.Fault;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Reads checkpoints again whole and compares them with their digests: manifests, blobs, arrays, parents.",
            "Exit code 1 where one does not hold."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class VerifyCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Set<Fault> told = new HashSet<>();

    @Mixin
    private DirectoryOption state = new DirectoryOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "the run's name")
    private String run = "";

    @Parameters(
            index = "1",
            paramLabel = "STEP",
            arity = "0..1",
            description = "of the checkpoint; latest, best or an alias will do (default: all that are kept)")
    private @Nullable String step;

    VerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Services services = state.services();
        RunSpec spec = services.begunRun(run).identity().spec();
        Checkpoints checkpoints = services.checkpoints(run);
        List<CheckpointSummary> stored = checkpoints.list();
        Map<Long, Sha256> digests = new HashMap<>();
        stored.forEach(checkpoint -> digests.put(checkpoint.step(), checkpoint.digest()));
        boolean holds = step == null
                ? all(checkpoints, spec, stored, digests)
                : one(checkpoints, checkpoints.step(step), digests);
        return holds ? 0 : 1;
    }

    private boolean one(Checkpoints checkpoints, long step, Map<Long, Sha256> digests) {
        return tell(
                checkpoints
                        .verify(step)
                        .orElseThrow(() -> new CommandFailedException(
                                "there is no checkpoint %s/%d; see: ./vaestream checkpoint list %s"
                                        .formatted(run, step, run))),
                digests);
    }

    /**
     * All that are listed, and those that should be: a manifest that cannot be read is listed no more, but is still a
     * parent's, or the last of the run.
     */
    private boolean all(
            Checkpoints checkpoints, RunSpec spec, List<CheckpointSummary> stored, Map<Long, Sha256> digests) {
        CheckpointChain chain = new CheckpointChain(stored);
        Set<Long> steps = new TreeSet<>(digests.keySet());
        steps.addAll(chain.unlistedParents());
        steps.add(spec.steps());
        boolean holds = true;
        for (long each : steps) {
            Optional<Verification> verification = checkpoints.verify(each);
            if (verification.isPresent()) {
                holds &= tell(verification.get(), digests);
            }
        }
        return tell(chain) && holds;
    }

    private boolean tell(Verification verification, Map<Long, Sha256> digests) {
        // A fault in the chain is one of every later checkpoint too.
        String faults = verification.faults().stream()
                .filter(told::add)
                .map(fault -> "%s: expected %s, found %s".formatted(fault.what(), fault.expected(), fault.found()))
                .collect(Collectors.joining("; "));
        Sha256 digest = digests.get(verification.step());
        surroundings.line(Text.labelled(
                Long.toString(verification.step()),
                "%s  %s bytes  %s"
                        .formatted(
                                digest == null ? "no digest" : digest,
                                Text.count(verification.bytes()),
                                state(verification, faults))));
        return verification.holds();
    }

    private static String state(Verification verification, String untold) {
        if (verification.holds()) {
            return "holds";
        }
        return "does not hold: " + (untold.isEmpty() ? "as above" : untold);
    }

    private boolean tell(CheckpointChain chain) {
        List<String> faults = chain.faults();
        faults.forEach(fault -> surroundings.line(Text.labelled("chain", fault)));
        if (faults.isEmpty()) {
            surroundings.line(Text.labelled(
                    "chain",
                    "%d checkpoints, each after the one before it; %d parents are no longer kept"
                            .formatted(
                                    chain.kept().size(), chain.unlistedParents().size())));
        }
        return faults.isEmpty();
    }
}
