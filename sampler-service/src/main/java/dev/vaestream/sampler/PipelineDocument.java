package dev.vaestream.sampler;

import dev.vaestream.contracts.RunEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The way of a batch, part by part, as JSON; what is not known now is absent.
 *
 * @param run whose batches they are
 */
record PipelineDocument(
        @Nullable String run, Ingest ingest, Kafka kafka, Trainer trainer, Checkpoints checkpoint, Served sampler) {

    /**
     * @param published batches that the stream has
     * @param batches that it is to have; absent where they come from outside
     */
    record Ingest(
            Condition condition,
            @Nullable String stream,
            @Nullable Long published,
            @Nullable Long batches) {}

    /** @param waiting batches that are published and that the run is to take and has not taken yet */
    record Kafka(Condition condition, @Nullable Long waiting) {}

    /** @param consumed batches that the run has taken */
    record Trainer(
            Condition condition,
            RunEvent.@Nullable State state,
            @Nullable Long consumed,
            @Nullable Long steps,
            @Nullable Double stepsPerSecond) {}

    /** @param step of the newest checkpoint */
    record Checkpoints(
            Condition condition,
            @Nullable Long step,
            @Nullable Instant committedAt,
            @Nullable Integer kept) {}

    /** What images are made with. */
    record Served(
            Condition condition,
            @Nullable String run,
            @Nullable Long step,
            @Nullable Instant committedAt,
            @Nullable Instant loadedAt) {}
}
