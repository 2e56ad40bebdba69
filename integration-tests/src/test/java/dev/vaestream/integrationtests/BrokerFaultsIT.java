package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.Batch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the broker while two streams are written, as often as {@code -Dbroker.kills} says. */
class BrokerFaultsIT {
    private static final int KILLS = Integer.getInteger("broker.kills", 2);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int EPOCHS_A_KILL = 4;
    private static final int EPOCH_BATCHES = 3_750;

    @TempDir
    private static Path directory;

    @Test
    void noAcknowledgedBatchIsLostAndNoneIsDoubled() {
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"));
                IngestProcess ingest = IngestProcess.start(directory, "ingest", broker)) {
            IngestStreams.makeExternal(ingest, "outside", 1);
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger acknowledged = new AtomicInteger();
            CompletableFuture<Void> client = CompletableFuture.runAsync(() -> sendUntil(over, ingest, acknowledged));

            for (int kill = 1; kill <= KILLS; kill++) {
                long published = (kill - 1L) * EPOCHS_A_KILL * EPOCH_BATCHES;
                IngestStreams.makeMnist(ingest, "dataset", kill * EPOCHS_A_KILL, 1);
                awaitMore(acknowledged);
                await("the dataset before kill " + kill)
                        .atMost(PATIENCE)
                        .until(() -> ingest.status("dataset").published() > published);
                broker.kill();
                broker.restart();
                broker.awaitUp();
            }
            awaitMore(acknowledged);
            over.set(true);
            assertThat(client).succeedsWithin(PATIENCE);
            int datasetBatches = KILLS * EPOCHS_A_KILL * EPOCH_BATCHES;
            await("the dataset's end")
                    .atMost(PATIENCE)
                    .until(() -> ingest.status("dataset").published() == datasetBatches);

            assertThat(sequences(broker, "outside")).containsExactlyElementsOf(upTo(acknowledged.get()));
            assertThat(sequences(broker, "dataset")).containsExactlyElementsOf(upTo(datasetBatches));
        }
    }

    private static void awaitMore(AtomicInteger acknowledged) {
        int before = acknowledged.get();
        await("more batches than %d".formatted(before)).atMost(PATIENCE).until(() -> acknowledged.get() > before + 20);
    }

    private static void sendUntil(AtomicBoolean over, IngestProcess ingest, AtomicInteger acknowledged) {
        while (!over.get()) {
            int sequence = acknowledged.get();
            int status = IngestStreams.insistOn(ingest, "outside", IngestStreams.batch(sequence, sequence % 256));
            assertThat(status).as("batch %d", sequence).isIn(200, 201);
            acknowledged.incrementAndGet();
        }
    }

    private static List<Long> sequences(BrokerProcess broker, String stream) {
        return IngestStreams.committed(broker, stream).stream()
                .map(Batch::sequence)
                .toList();
    }

    private static List<Long> upTo(long end) {
        return LongStream.range(0, end).boxed().toList();
    }
}
