package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Topics;
import dev.vaestream.local.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One writer a run, however many there are; and what a run must refuse to go on with. */
class TrainersIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String STREAM = "trainers";
    private static final long STEPS = 600;
    private static final long SAVED_EVERY = 20;
    private static final int PARTITIONS = 2;
    private static final int FENCED = 3;
    /** Sequences 0 to 99 are consumed at step 100, which is saved. */
    private static final int BOUNDARY = 100;

    @TempDir
    private static Path directory;

    private static FaultyCluster cluster;
    private static RunResult undisturbed;
    private static List<ConsumerRecord<String, byte[]>> records;

    @BeforeAll
    static void trainUndisturbed() {
        cluster = FaultyCluster.start(directory);
        cluster.stream(STREAM, PARTITIONS, STEPS);
        cluster.begin("undisturbed", spec(STREAM, STEPS));
        undisturbed = cluster.awaitResult("undisturbed");
        try (Topic topic = cluster.pipeline().topic(new Topics("").batches(STREAM))) {
            records = topic.records().stream()
                    .sorted(Comparator.comparingLong(record -> Long.parseLong(record.key())))
                    .toList();
        }
    }

    @AfterAll
    static void close() {
        cluster.close();
        assertThat(cluster.auditor().loaded()).isPositive();
        cluster.auditor().requireClean();
    }

    @AfterEach
    void heal() {
        cluster.heal();
        cluster.toCheckpoint()
                .to(cluster.pipeline().address(Member.CHECKPOINT, "").getPort());
    }

    /** The old trainer believes for as long as it is stopped that the run is its own. */
    @Test
    void aZombieIsFencedAndExits() {
        cluster.begin("zombie", spec(STREAM, STEPS));
        cluster.awaitStep("zombie", 2 * SAVED_EVERY);
        ProcessHandle zombie = cluster.process(Member.TRAINER);
        long before = cluster.ends(Member.TRAINER, FENCED);
        FaultyCluster.signal("STOP", zombie);
        long stoppedAt = cluster.step("zombie");

        Process successor = cluster.another(Member.TRAINER, FaultyCluster.anyPort(), Map.of());
        try {
            cluster.awaitStep("zombie", stoppedAt + 4 * SAVED_EVERY);
            FaultyCluster.signal("CONT", zombie);

            await("the zombie's end").atMost(PATIENCE).until(() -> cluster.ends(Member.TRAINER, FENCED) > before);
            assertThat(cluster.awaitResult("zombie")).isEqualTo(undisturbed);
        } finally {
            successor.destroyForcibly();
        }
        cluster.auditor().requireClean();
    }

    @Test
    void twoTrainersAtOnceEndTwoRunsAsOneWould() {
        Process other = cluster.another(
                Member.TRAINER, FaultyCluster.anyPort(), Map.of(), "-Dvaestream.trainer.name=trainer-1");
        try {
            cluster.begin("twin-a", spec(STREAM, STEPS));
            cluster.begin("twin-b", spec(STREAM, STEPS));
            cluster.awaitStep("twin-a", SAVED_EVERY);
            cluster.kill(Member.TRAINER);

            assertThat(cluster.awaitResult("twin-a")).isEqualTo(undisturbed);
            assertThat(cluster.awaitResult("twin-b")).isEqualTo(undisturbed);
        } finally {
            other.destroyForcibly();
        }
        cluster.auditor().requireClean();
    }

    /** After each checkpoint the trainer has to connect anew, and comes to the other one. */
    @Test
    void twoCheckpointServicesKeepOneChain() {
        int port = FaultyCluster.anyPort();
        Process other = cluster.another(Member.CHECKPOINT, port, Map.of());
        try {
            cluster.toCheckpoint()
                    .to(cluster.pipeline().address(Member.CHECKPOINT, "").getPort(), port);
            cluster.begin("two-services", spec(STREAM, STEPS));
            for (long step = 0; step < STEPS; step += SAVED_EVERY) {
                cluster.awaitStep("two-services", step);
                cluster.toCheckpoint().reset();
            }
            assertThat(cluster.awaitResult("two-services")).isEqualTo(undisturbed);
        } finally {
            other.destroyForcibly();
        }
        cluster.auditor().requireClean();
    }

    @Test
    void aTrainerThatIsAskedToEndCommitsWhatItHas() {
        cluster.begin("asked-to-end", spec(STREAM, STEPS));
        cluster.awaitStep("asked-to-end", 2 * SAVED_EVERY);
        ProcessHandle trainer = cluster.process(Member.TRAINER);
        trainer.destroy();
        await("its end").atMost(PATIENCE).until(() -> !trainer.isAlive());
        long committed = cluster.step("asked-to-end");

        assertThat(cluster.awaitResult("asked-to-end")).isEqualTo(undisturbed);
        assertThat(cluster.pipeline().events("asked-to-end"))
                .filteredOn(event -> event.state() == RunEvent.State.RESUMED)
                .extracting(RunEvent::step)
                .containsExactly(committed);
        cluster.auditor().requireClean();
    }

    /** Doubled and reordered records, a gap, and a batch that is bad by its bytes where a checkpoint is due, with kills. */
    @Test
    void aBadBatchAtACheckpointIsSkippedOnceWhateverIsKilled() {
        byte[] poison = FaultyStore.utf8("no batch");
        try (RawStream clean = outside("bad-batch");
                RawStream messy = outside("bad-batch-messy")) {
            clean.append(records.subList(0, BOUNDARY - 1));
            clean.append(BOUNDARY - 1, poison);
            clean.append(records.subList(BOUNDARY, 2 * BOUNDARY));
            cluster.begin("bad-batch", spec("bad-batch", 2 * BOUNDARY));
            RunResult expected = cluster.awaitResult("bad-batch");
            assertThat(expected.skipped()).containsExactly(BOUNDARY - 1L);

            messy.append(records.subList(0, 40));
            messy.append(records.subList(20, 40));
            messy.append(List.of(records.get(42), records.get(40), records.get(43), records.get(41)));
            messy.append(records.subList(44, BOUNDARY - 1));
            messy.append(List.of(records.get(BOUNDARY + 1)));
            cluster.begin("bad-batch-messy", spec("bad-batch-messy", 2 * BOUNDARY));
            cluster.awaitStep("bad-batch-messy", BOUNDARY - SAVED_EVERY);
            assertThat(cluster.awaitTrouble(Member.TRAINER)).contains("batch " + (BOUNDARY - 1));
            cluster.crash().arm(CrashPoint.COMMIT_REQUEST, "before");
            messy.append(BOUNDARY - 1, poison);
            cluster.crash().awaitCrash();
            cluster.crash().arm(CrashPoint.SNAPSHOT, "after");
            cluster.crash().awaitCrash();
            cluster.crash().arm(CrashPoint.MANIFEST_PUT, "after");
            cluster.crash().awaitCrash();
            cluster.crash().arm(CrashPoint.STEP, "before");
            messy.append(List.of(records.get(BOUNDARY)));
            messy.append(records.subList(BOUNDARY + 2, 2 * BOUNDARY));
            cluster.crash().awaitCrash();

            assertThat(cluster.awaitResult("bad-batch-messy")).isEqualTo(expected);
        }
        try (Topic letters = cluster.pipeline().topic(new Topics("").deadLetters())) {
            assertThat(letters.records().stream()
                            .map(ConsumerRecord::key)
                            .filter(key -> key.contains("bad-batch-messy"))
                            .distinct())
                    .hasSize(1);
        }
        cluster.auditor().requireClean();
    }

    @Test
    void aRunWhoseRecordsAreGoneIsRefused() {
        try (RawStream stream = outside("trimmed")) {
            stream.append(records.subList(0, BOUNDARY));
            stream.deleteBefore(0, 5);
            cluster.begin("trimmed", spec("trimmed", BOUNDARY));

            RunEvent end = cluster.awaitEnd("trimmed");
            assertThat(end.state()).isEqualTo(RunEvent.State.FAILED);
            assertThat(end.reason()).contains("batch 0").contains("gone");
        }
    }

    @Test
    void aRunWhoseTopicWasMadeAnewIsRefused() {
        try (RawStream stream = outside("made-anew")) {
            stream.append(records.subList(0, BOUNDARY));
            cluster.begin("made-anew", spec("made-anew", 2 * BOUNDARY));
            cluster.awaitStep("made-anew", BOUNDARY);

            stream.makeAnew();
            stream.append(records.subList(0, 2 * BOUNDARY));
            cluster.kill(Member.TRAINER);

            RunEvent end = cluster.awaitEnd("made-anew");
            assertThat(end.state()).isEqualTo(RunEvent.State.FAILED);
            assertThat(end.reason()).contains("topicId");
            assertThat(cluster.step("made-anew")).isEqualTo(BOUNDARY);
        }
    }

    @Test
    void aRunThatOtherNumericsHaveBegunIsRefused() {
        try (RawStream stream = outside("numerics")) {
            ProcessHandle usual = cluster.process(Member.TRAINER);
            FaultyCluster.signal("STOP", usual);
            String opposite = System.getProperty("os.arch").equals("amd64") ? "0" : "1";
            Process other =
                    cluster.another(Member.TRAINER, FaultyCluster.anyPort(), Map.of("TF_ENABLE_ONEDNN_OPTS", opposite));
            try {
                stream.append(records.subList(0, BOUNDARY));
                cluster.begin("numerics", spec("numerics", 2 * BOUNDARY));
                cluster.awaitStep("numerics", BOUNDARY);
            } finally {
                other.destroyForcibly();
                usual.destroyForcibly();
            }

            RunEvent end = cluster.awaitEnd("numerics");
            assertThat(end.state()).isEqualTo(RunEvent.State.FAILED);
            assertThat(end.reason()).contains("numeric.oneDnn");
        }
    }

    @Test
    void aRunUnderTheNameOfAnotherIsRefused() {
        cluster.begin("same-name", spec(STREAM, 2 * SAVED_EVERY));
        cluster.awaitResult("same-name");
        RunResult before = cluster.result("same-name");

        RunSpec other = Runs.small(STREAM, 2 * SAVED_EVERY, SAVED_EVERY, 1);
        assertThat(cluster.pipeline()
                        .post(Member.INGEST, "/v1/runs", new RunRequest("same-name", other))
                        .statusCode())
                .isEqualTo(409);
        assertThat(cluster.result("same-name")).isEqualTo(before);
    }

    /** A stream whose batches come from outside. */
    private static RawStream outside(String stream) {
        assertThat(cluster.pipeline()
                        .post(
                                Member.INGEST,
                                "/v1/streams",
                                Map.of(
                                        "stream",
                                        stream,
                                        "batchSize",
                                        16,
                                        "shape",
                                        Map.of("height", 28, "width", 28),
                                        "partitions",
                                        PARTITIONS))
                        .statusCode())
                .isEqualTo(201);
        return new RawStream(cluster.pipeline().cluster().addresses().bootstrapServers(), stream, PARTITIONS);
    }

    private static RunSpec spec(String stream, long steps) {
        return Runs.small(stream, steps, SAVED_EVERY);
    }
}
