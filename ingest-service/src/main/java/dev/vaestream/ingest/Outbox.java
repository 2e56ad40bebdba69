package dev.vaestream.ingest;

import dev.vaestream.contracts.RunControl;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.StreamSpec;
import java.util.concurrent.CompletionStage;

/**
 * What this service says to Kafka beside batches, which {@link StreamWriter} appends. A stage completes when all replicas in sync have the record, and fails only where
 * Kafka refuses it; while Kafka is away it waits. Records for one partition arrive in the order of the calls.
 */
interface Outbox {
    CompletionStage<Void> stream(StreamSpec stream);

    CompletionStage<Void> run(RunRequest run);

    CompletionStage<Void> runControl(RunControl control);

    CompletionStage<Void> runEvent(RunEvent event);
}
