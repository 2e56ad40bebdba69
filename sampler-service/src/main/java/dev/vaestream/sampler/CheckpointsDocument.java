package dev.vaestream.sampler;

import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.RunStatus;
import java.util.List;

/**
 * A run's checkpoints that can be asked for, as JSON.
 *
 * @param steps that the run is to have in the end
 * @param checkpoints the oldest first, without those that are about to be deleted
 */
record CheckpointsDocument(String run, long steps, List<CheckpointSummary> checkpoints) {
    CheckpointsDocument {
        checkpoints = List.copyOf(checkpoints);
    }

    static CheckpointsDocument of(RunStatus status, List<CheckpointSummary> stored) {
        return new CheckpointsDocument(
                status.identity().run(),
                status.identity().spec().steps(),
                stored.stream().filter(checkpoint -> !checkpoint.retiring()).toList());
    }
}
