package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever kills an ingest, and however many there are: each batch and each run is in Kafka once. */
class IngestFaultsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static BrokerProcess broker;
    private static IngestProcess ingest;

    @BeforeAll
    static void start() {
        broker = BrokerProcess.start(directory.resolve("broker"));
        ingest = IngestProcess.start(directory, "ingest", broker);
    }

    @AfterAll
    static void close() {
        ingest.close();
        broker.close();
    }

    /** Before the commit nobody has the batch, after it Kafka has: the client need not know which it was. */
    @ParameterizedTest
    @CsvSource({
        "BATCH_SEND, before, 201",
        "BATCH_COMMIT, before, 201",
        "BATCH_COMMIT, after, 200",
        "BATCH_SEND, after, 200"
    })
    void aBatchSentAgainAfterAKillIsThereOnce(CrashPoint point, String side, int again) {
        String stream = CrashFile.name(point, side);
        IngestStreams.makeExternal(ingest, stream, 2);
        put(stream, 0, 201);
        put(stream, 1, 201);

        ingest.crash().arm(point, side);
        assertThat(CompletableFuture.supplyAsync(() -> IngestStreams.put(ingest, stream, IngestStreams.batch(2, 2))))
                .failsWithin(PATIENCE);
        ingest.awaitDeath();
        ingest.restart();

        put(stream, 2, again);
        put(stream, 3, 201);
        assertThat(IngestStreams.committed(broker, stream))
                .extracting(Batch::sequence)
                .containsExactly(0L, 2L, 1L, 3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void aDatasetCutOffByAKillIsPublishedOnce(String side) {
        String stream = "dataset-" + side;
        IngestStreams.makeMnist(ingest, stream, 1, 3);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> ingest.status(stream).published() > 0);

        ingest.crash().arm(CrashPoint.BATCH_COMMIT, side);
        ingest.awaitDeath();
        ingest.restart();

        awaitComplete(ingest, stream, 3_750);
        assertOnceAndInOrder(stream, 3_750, 3);
    }

    @ParameterizedTest
    @CsvSource({"RUN_SEND, before, 201", "RUN_SEND, after, 200"})
    void aRunSentAgainAfterAKillIsQueuedOnce(CrashPoint point, String side, int again) {
        IngestStreams.makeExternal(ingest, CrashFile.name(point, side), 1);
        String run =
                "{\"run\":\"%s\",\"spec\":{\"stream\":\"%s\",\"steps\":5,\"model\":{\"encoder\":[4],\"decoder\":[4]}}}"
                        .formatted(CrashFile.name(point, side), CrashFile.name(point, side));

        ingest.crash().arm(point, side);
        assertThat(CompletableFuture.supplyAsync(() -> ingest.post("/v1/runs", run)))
                .failsWithin(PATIENCE);
        ingest.awaitDeath();
        ingest.restart();

        assertThat(ingest.post("/v1/runs", run).statusCode()).isEqualTo(again);
        try (Topic runs = broker.topic(new Topics("").runs())) {
            assertThat(runs.records())
                    .filteredOn(record -> CrashFile.name(point, side).equals(record.key()))
                    .hasSize(1);
        }
    }

    /** Each client sends its own batches to its own ingest, so that nothing but the ingests keeps them apart. */
    @Test
    void ofTwoIngestsOneAtATimeAppends() throws Exception {
        IngestStreams.makeExternal(ingest, "two", 2);
        try (IngestProcess other = IngestProcess.start(directory, "other", broker)) {
            ExecutorService clients = Executors.newFixedThreadPool(2);
            List<Integer> first = new ArrayList<>();
            List<Integer> second = new ArrayList<>();
            CompletableFuture<Void> here = CompletableFuture.runAsync(() -> send(ingest, 1, first), clients);
            CompletableFuture<Void> there = CompletableFuture.runAsync(() -> send(other, 2, second), clients);
            CompletableFuture.allOf(here, there).get(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
            clients.shutdown();

            List<Batch> batches = IngestStreams.committed(broker, "two");
            assertThat(batches).extracting(Batch::sequence).containsExactlyElementsOf(expected(SENT, 2));
            for (Batch batch : batches) {
                int sequence = (int) batch.sequence();
                int winner = Byte.toUnsignedInt(batch.images().byteAt(0));
                assertThat(first.get(sequence)).as("first's %d", sequence).isEqualTo(winner == 1 ? 201 : 409);
                assertThat(second.get(sequence)).as("second's %d", sequence).isEqualTo(winner == 2 ? 201 : 409);
            }
        }
    }

    @Test
    void aSecondIngestTakesTheDatasetOverAndNothingIsDoubled() {
        IngestStreams.makeMnist(ingest, "shared", 10, 2);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> ingest.status("shared").published() > 0);

        try (IngestProcess other = IngestProcess.start(directory, "second", broker)) {
            awaitComplete(other, "shared", 37_500);
            awaitComplete(ingest, "shared", 37_500);
        }

        assertOnceAndInOrder("shared", 37_500, 2);
    }

    @Test
    void anIngestThatSleptWhileAnotherTookOverAppendsNothing() {
        IngestStreams.makeExternal(ingest, "slept", 1);
        put("slept", 0, 201);
        try (IngestProcess other = IngestProcess.start(directory, "successor", broker)) {
            ingest.stop();
            assertThat(IngestStreams.insistOn(other, "slept", IngestStreams.batch(1, 7)))
                    .isEqualTo(201);
            ingest.wake();

            HttpResponse<byte[]> answer = IngestStreams.put(ingest, "slept", IngestStreams.batch(1, 8));

            assertThat(answer.statusCode()).as(IngestProcess.text(answer)).isEqualTo(503);
            assertThat(IngestProcess.text(answer)).contains("other-writer");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(IngestStreams.committed(broker, "slept"))
                    .containsExactly(IngestStreams.batch(0, 0), IngestStreams.batch(1, 7));
        }
    }

    private static final int SENT = 20;

    private static void send(IngestProcess to, int filling, List<Integer> answers) {
        for (int sequence = 0; sequence < SENT; sequence++) {
            answers.add(IngestStreams.insistOn(to, "two", IngestStreams.batch(sequence, filling)));
        }
    }

    private static void put(String stream, int sequence, int status) {
        assertThat(IngestStreams.insistOn(ingest, stream, IngestStreams.batch(sequence, sequence)))
                .as("batch %d of %s", sequence, stream)
                .isEqualTo(status);
    }

    private static void awaitComplete(IngestProcess by, String stream, long batches) {
        await("%s at its end".formatted(stream))
                .atMost(PATIENCE)
                .until(() -> by.status(stream).published() == batches);
    }

    private static void assertOnceAndInOrder(String stream, int batches, int partitions) {
        assertThat(IngestStreams.committed(broker, stream))
                .extracting(Batch::sequence)
                .containsExactlyElementsOf(expected(batches, partitions));
    }

    /** All sequences, partition by partition. */
    private static List<Long> expected(int batches, int partitions) {
        return IntStream.range(0, partitions)
                .boxed()
                .flatMap(partition -> LongStream.range(0, batches)
                        .filter(sequence -> sequence % partitions == partition)
                        .boxed())
                .toList();
    }
}
