package dev.vaestream.sampler;

import dev.vaestream.contracts.AliasMove;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunStatus;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Finds the checkpoint that a name stands for now. Asks anew each time, as names move. */
final class CheckpointFinder {
    private final CheckpointClient client;

    CheckpointFinder(CheckpointClient client) {
        this.client = client;
    }

    /**
     * @throws NoCheckpointException where there is no such run or checkpoint
     * @throws UnfitCheckpointException where it is damaged in storage
     * @throws CheckpointServiceException where it cannot be asked for now
     */
    Checkpoint find(String run, CheckpointReference reference) {
        try {
            RunStatus status = client.requireRun(run);
            return manifest(status, reference)
                    .map(manifest -> new Checkpoint(status.identity(), manifest))
                    .orElseThrow(() -> new NoCheckpointException(
                            "There is no checkpoint %s/%s; %s".formatted(run, reference.name(), existing(status))));
        } catch (CheckpointServiceException e) {
            if (e.isAboutStorage()) {
                throw new UnfitCheckpointException(
                        "Checkpoint %s/%s cannot be read: it is damaged in storage".formatted(run, reference.name()),
                        e);
            }
            throw e;
        }
    }

    private Optional<Manifest> manifest(RunStatus status, CheckpointReference reference) {
        String run = status.identity().run();
        OptionalLong step = reference.step();
        if (step.isPresent()) {
            return client.manifest(run, step.getAsLong());
        }
        return switch (reference.name()) {
            case CheckpointReference.LATEST -> Optional.ofNullable(status.latest());
            case CheckpointReference.BEST -> client.best(run);
            default ->
                client.alias(run, reference.name())
                        .map(AliasMove::step)
                        .flatMap(target -> client.manifest(run, target));
        };
    }

    private static String existing(RunStatus status) {
        if (status.steps().isEmpty()) {
            return "the run has none yet";
        }
        return "the run has latest, best, its aliases and the steps "
                + status.steps().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
