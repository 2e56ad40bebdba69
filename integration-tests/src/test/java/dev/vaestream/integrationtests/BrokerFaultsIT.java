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

/** The broker breaks while two streams are written: by {@code kill -9}, as often as {@code -Dbroker.kills} says, or a disk that is full. */
class BrokerFaultsIT {
    private static final int KILLS = Integer.getInteger("broker.kills", 2);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int EPOCHS = 4;
    private static final int EPOCH_BATCHES = 3_750;
    /** Less than the epochs take, and more than the broker's own files. */
    private static final long SPACE = 24 << 20;

    @TempDir
    private static Path directory;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger acknowledged = new AtomicInteger();

    @Test
    void aKilledBrokerLosesAndDoublesNothing() {
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("killed"));
                IngestProcess ingest = IngestProcess.start(directory, "beside-killed", broker)) {
            CompletableFuture<Void> client = beginSending(ingest);
            for (int kill = 1; kill <= KILLS; kill++) {
                long published = (kill - 1L) * EPOCHS * EPOCH_BATCHES;
                IngestStreams.makeMnist(ingest, "dataset", kill * EPOCHS, 1);
                awaitMore();
                await("the dataset before kill " + kill)
                        .atMost(PATIENCE)
                        .until(() -> ingest.status("dataset").published() > published);
                broker.kill();
                broker.restart();
                broker.awaitUp();
            }
            requireAll(broker, ingest, client, KILLS * EPOCHS * EPOCH_BATCHES);
        }
    }

    @Test
    void aBrokerWithoutSpaceLosesAndDoublesNothing() {
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("full"));
                IngestProcess ingest = IngestProcess.start(directory, "beside-full", broker)) {
            CompletableFuture<Void> client = beginSending(ingest);
            broker.kill();
            broker.restartOnFullDisk(SPACE);
            broker.awaitUp();
            IngestStreams.makeMnist(ingest, "dataset", EPOCHS, 1);

            await("the broker's end").atMost(PATIENCE).until(() -> !broker.isAlive());

            await("a reason")
                    .atMost(PATIENCE)
                    .until(() -> ingest.get("/q/health/ready").statusCode() == 503);
            broker.restart();
            broker.awaitUp();
            requireAll(broker, ingest, client, EPOCHS * EPOCH_BATCHES);
        }
    }

    private CompletableFuture<Void> beginSending(IngestProcess ingest) {
        IngestStreams.makeExternal(ingest, "outside", 1);
        CompletableFuture<Void> client = CompletableFuture.runAsync(() -> sendUntilOver(ingest));
        awaitMore();
        return client;
    }

    private void requireAll(
            BrokerProcess broker, IngestProcess ingest, CompletableFuture<Void> client, int datasetBatches) {
        awaitMore();
        over.set(true);
        assertThat(client).succeedsWithin(PATIENCE);
        await("the dataset's end")
                .atMost(PATIENCE)
                .until(() -> ingest.status("dataset").published() == datasetBatches);
        assertThat(sequences(broker, "outside")).containsExactlyElementsOf(upTo(acknowledged.get()));
        assertThat(sequences(broker, "dataset")).containsExactlyElementsOf(upTo(datasetBatches));
    }

    private void awaitMore() {
        int before = acknowledged.get();
        await("more batches than %d".formatted(before)).atMost(PATIENCE).until(() -> acknowledged.get() > before + 20);
    }

    private void sendUntilOver(IngestProcess ingest) {
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
