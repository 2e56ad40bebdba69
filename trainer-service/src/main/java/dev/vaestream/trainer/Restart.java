package dev.vaestream.trainer;

import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.vae.StoredState;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Where a run goes on: at its newest checkpoint that storage still has whole.
 *
 * @param from that checkpoint
 * @param state it holds
 * @param ahead steps of the newer checkpoints, whose blobs are lost; on its way the run makes and stores them again
 */
record Restart(Manifest from, StoredState state, NavigableSet<Long> ahead) {
    private static final Logger LOG = Logger.getLogger(Restart.class);

    /**
     * Looks for it; nothing where the run has no checkpoint.
     *
     * @throws NothingWholeException where none of the run's checkpoints is whole
     */
    static Optional<Restart> of(String run, CheckpointClient checkpoints) {
        Optional<Manifest> newest = checkpoints.latest(run);
        NavigableSet<Long> ahead = new TreeSet<>();
        for (Optional<Manifest> next = newest; next.isPresent(); ) {
            Manifest manifest = next.get();
            try {
                return Optional.of(new Restart(manifest, RunOrigin.load(checkpoints, manifest), ahead));
            } catch (LostBlobException lost) {
                ahead.add(manifest.step());
                next = before(manifest, checkpoints);
                if (next.isEmpty()) {
                    throw new NothingWholeException(ahead, lost);
                }
                LOG.warnf(
                        "checkpoint %s/%d is made again from step %d, because storage has lost %s",
                        run, manifest.step(), next.get().step(), lost.getMessage());
            }
        }
        return Optional.empty();
    }

    /** One that is being deleted is better than none: it is read before its grace is over. */
    private static Optional<Manifest> before(Manifest manifest, CheckpointClient checkpoints) {
        return checkpoints.checkpoints(manifest.run()).stream()
                .map(CheckpointSummary::step)
                .filter(step -> step < manifest.step())
                .max(Comparator.naturalOrder())
                .flatMap(step -> checkpoints.checkpoint(manifest.run(), step));
    }
}
