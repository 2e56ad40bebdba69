package dev.vaestream.trainer;

import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Progress;
import dev.vaestream.learning.tracing.Snapshot;
import dev.vaestream.vae.StoredState;
import java.util.Optional;
import java.util.function.Supplier;

/** Commits checkpoints beside the training, one at a time. Both methods throw what went wrong with the last one. */
interface Checkpointer {
    /** Waits for the last checkpoint, then takes a snapshot of the state and commits it in the background. */
    void save(Progress progress, Supplier<Snapshot<StoredState>> state);

    /** Waits for the last checkpoint and answers the newest; nothing where the run has none. */
    Optional<Manifest> await();
}
