package dev.vaestream.trainer;

import java.util.Optional;

/** The batches of a run, in their order. */
interface BatchSource {
    /**
     * Waits for the next batch.
     *
     * @return nothing where the run is not to go on for now
     * @throws RunFailedException where it can never come
     * @throws UnavailableException where Kafka refuses it for now
     */
    Optional<PreparedBatch> next();
}
