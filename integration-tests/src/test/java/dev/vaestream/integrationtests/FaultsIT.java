package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.Topics;
import dev.vaestream.local.Member;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code kill -9} of each service in the middle of its work changes nothing that comes out. */
class FaultsIT {
    private static final String STREAM = "undisturbed";
    private static final long STEPS = 3_000;
    private static final long MIDDLE = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private static CrashFile crash;
    private static Pipeline pipeline;
    private static Sha256 undisturbed;

    @BeforeAll
    static void trainUndisturbed() {
        crash = new CrashFile(directory.resolve("crash"));
        pipeline = Pipeline.start(
                directory,
                Stack.start(),
                options -> options.withArguments(Member.SAMPLER, crash.argument()),
                System.out::println);
        pipeline.createStream(STREAM, 1, 1);
        pipeline.startRun(new RunRequest("undisturbed", spec(STREAM)));
        undisturbed = pipeline.awaitWeights("undisturbed");
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    @Test
    void aKilledTrainerEndsWithTheSameWeights() {
        pipeline.startRun(new RunRequest("trainer-killed", spec(STREAM)));
        pipeline.awaitStep("trainer-killed", MIDDLE);
        kill(Member.TRAINER, "trainer-killed");
        assertThat(pipeline.awaitWeights("trainer-killed")).isEqualTo(undisturbed);
        assertThat(pipeline.events("trainer-killed"))
                .extracting(RunEvent::state)
                .contains(RunEvent.State.RESUMED, RunEvent.State.COMPLETED);
    }

    @Test
    void aKilledCheckpointServiceOnlyDelaysTheRun() {
        pipeline.startRun(new RunRequest("checkpoint-killed", spec(STREAM)));
        pipeline.awaitStep("checkpoint-killed", MIDDLE);
        kill(Member.CHECKPOINT, "checkpoint-killed");
        assertThat(pipeline.awaitWeights("checkpoint-killed")).isEqualTo(undisturbed);
    }

    @Test
    void aKilledIngestPublishesEachBatchOnce() {
        pipeline.createStream("ingest-killed", 1, 3);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> pipeline.published("ingest-killed") > 100);
        ProcessHandle process = pipeline.cluster().process(Member.INGEST).orElseThrow();
        pipeline.cluster().kill(Member.INGEST);
        await().until(() -> !process.isAlive());
        assertThat(sequences("ingest-killed"))
                .as("batches in Kafka after the kill")
                .hasSizeBetween(100, 3_749);

        pipeline.cluster().awaitUsable(Member.INGEST);
        await().atMost(PATIENCE).until(() -> pipeline.published("ingest-killed") == 3_750);
        assertThat(sequences("ingest-killed"))
                .containsExactlyElementsOf(LongStream.range(0, 3_750).boxed().toList());
        pipeline.startRun(new RunRequest("ingest-killed", spec("ingest-killed")));
        assertThat(pipeline.awaitWeights("ingest-killed")).isEqualTo(undisturbed);
    }

    /** All runs here end with the same weights, so whichever of them is the newest gives the same images. */
    @Test
    void aKilledSamplerServesTheSameImagesAgain() {
        await().atMost(PATIENCE).until(FaultsIT::servesTheLastStep);
        byte[] before = sample().body();
        ProcessHandle process = pipeline.cluster().process(Member.SAMPLER).orElseThrow();
        pipeline.cluster().kill(Member.SAMPLER);
        await().until(() -> !process.isAlive());
        await("the sampler's return").atMost(PATIENCE).until(FaultsIT::servesTheLastStep);
        assertThat(sample().body()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"MODEL_LOAD, before", "MODEL_LOAD, after", "MODEL_SWAP, before", "MODEL_SWAP, after"})
    void aSamplerKilledWhileItChangesItsModelServesTheSameImages(CrashPoint point, String side) {
        await().atMost(PATIENCE).until(FaultsIT::servesTheLastStep);
        byte[] before = sample().body();
        String run = "sampler-killed-" + CrashFile.name(point, side);
        crash.arm(point, side);
        pipeline.startRun(new RunRequest(run, spec(STREAM)));

        crash.awaitCrash();

        assertThat(pipeline.awaitWeights(run)).isEqualTo(undisturbed);
        await("the sampler's return").atMost(PATIENCE).until(() -> serves(run));
        assertThat(sample().body()).isEqualTo(before);
    }

    @Test
    void aClassThatTheModelDoesNotHaveIsRefused() {
        await().atMost(PATIENCE).until(FaultsIT::servesTheLastStep);
        HttpResponse<byte[]> answer = pipeline.get(Member.SAMPLER, "/v1/samples?class=11");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.read(answer.body(), ObjectNode.class).get("detail").textValue())
                .contains("class is '11'");
    }

    private static void kill(Member member, String run) {
        assertThat(pipeline.latestStep(run)).as("step when it was killed").isLessThan(STEPS);
        ProcessHandle process = pipeline.cluster().process(member).orElseThrow();
        pipeline.cluster().kill(member);
        await().until(() -> !process.isAlive());
    }

    private static HttpResponse<byte[]> sample() {
        return pipeline.get(Member.SAMPLER, "/v1/samples?class=7&count=3&seed=1&format=npy");
    }

    private static boolean servesTheLastStep() {
        return serves(model -> true);
    }

    private static boolean serves(String run) {
        return serves(model -> run.equals(model.get("run").textValue()));
    }

    /** A request while the sampler is away ends with an error, never with a wrong image. */
    private static boolean serves(Predicate<ObjectNode> wanted) {
        try {
            HttpResponse<byte[]> model = pipeline.get(Member.SAMPLER, "/v1/model");
            assertThat(model.statusCode()).isIn(200, 503);
            if (model.statusCode() != 200) {
                return false;
            }
            ObjectNode served = Json.read(model.body(), ObjectNode.class);
            return served.get("step").longValue() == STEPS && wanted.test(served);
        } catch (UncheckedIOException connectionRefused) {
            return false;
        }
    }

    private static List<Long> sequences(String stream) {
        try (Topic topic = pipeline.topic(new Topics("").batches(stream))) {
            return topic.records().stream()
                    .map(record -> Batch.decode(record.value()).sequence())
                    .sorted()
                    .toList();
        }
    }

    private static RunSpec spec(String stream) {
        return RunSpec.defaults(stream, STEPS);
    }
}
