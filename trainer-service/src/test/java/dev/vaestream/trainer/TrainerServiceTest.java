package dev.vaestream.trainer;

import static dev.vaestream.trainer.TestingStack.TOPICS;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.Canary;
import dev.vaestream.contracts.EvaluationResult;
import dev.vaestream.contracts.EvaluationSpec;
import dev.vaestream.contracts.ForkedFrom;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunEvent.State;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.random.Split;
import dev.vaestream.vae.Decoder;
import dev.vaestream.vae.EvaluationBatch;
import dev.vaestream.vae.Evaluator;
import dev.vaestream.vae.Grey;
import dev.vaestream.vae.Latents;
import dev.vaestream.vae.TrainStep;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole service on a real broker and TensorFlow, with tiny data. */
@QuarkusTest
@QuarkusTestResource(value = TestingStack.class, restrictToAnnotatedClass = true)
@Timeout(120)
class TrainerServiceTest {
    private static final long STEPS = 40;
    private static final Duration TIME = Duration.ofMinutes(3);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "vaestream.trainer.checkpoint-service")
    URI checkpointService;

    @Inject
    MeterRegistry meters;

    private TopicClient kafka;
    private CheckpointClient checkpoints;

    @BeforeEach
    void open() {
        kafka = new TopicClient(bootstrapServers, TOPICS);
        checkpoints = new CheckpointClient(HttpClient.newHttpClient(), checkpointService, Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void aQueuedRunIsTrainedAndAcknowledged() {
        StreamSpec stream = stream("whole", 3);
        kafka.createStream(stream);
        publish(stream, 0, STEPS);
        RunRequest request = new RunRequest("whole", spec(stream));
        kafka.queue(request);

        RunEvent last = awaitEnd("whole");

        assertThat(last.state()).isEqualTo(State.COMPLETED);
        assertThat(last.weights()).isEqualTo(weights(request.spec(), List.of()));
        assertThat(checkpoints.latest("whole").orElseThrow().canary()).isEqualTo(canary(request.spec()));
        assertThat(kafka.values(TOPICS.runEvents(), "whole", RunEvent.class))
                .extracting(RunEvent::state)
                .containsExactly(State.STARTED, State.COMPLETED);
        assertThat(checkpoints.run("whole"))
                .hasValueSatisfying(status -> assertThat(status.steps()).containsExactly(0L, 15L, 30L, 40L));
        await().untilAsserted(() -> assertThat(kafka.waitingRuns()).isZero());
        assertThat(get("/q/metrics").asString()).contains("vaestream_trainer_steps_total");
        assertThat(get("/q/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void aForkEndsWithTheWeightsOfOneLongRun() {
        StreamSpec stream = stream("forked", 3);
        kafka.createStream(stream);
        publish(stream, 0, STEPS);
        kafka.queue(new RunRequest("trunk", spec(stream, 18, null)));
        awaitEnd("trunk");
        RunRequest request = new RunRequest("branch", spec(stream, STEPS, new ForkedFrom("trunk", 18)));
        kafka.queue(request);

        RunEvent last = awaitEnd("branch");

        assertThat(last.weights()).isEqualTo(weights(request.spec(), List.of()));
        assertThat(checkpoints.checkpoint("branch", 18).orElseThrow().blobs())
                .isEqualTo(checkpoints.checkpoint("trunk", 18).orElseThrow().blobs());
    }

    @Test
    void anEvaluatedRunEndsWithTheSameWeights() {
        StreamSpec stream = stream("measured", 3);
        kafka.createStream(stream);
        publish(stream, 0, STEPS);
        StreamSpec unseen = stream("unseen", 2);
        kafka.createStream(unseen);
        publish(unseen, 0, Fixtures.EPOCH_BATCHES);
        RunSpec spec = spec(stream, STEPS, null, new EvaluationSpec("unseen", 30, 5, null));
        kafka.queue(new RunRequest("measured", spec));

        RunEvent last = awaitEnd("measured");

        assertThat(last.weights()).isEqualTo(weights(spec, List.of()));
        EvaluationResult result = checkpoints.latest("measured").orElseThrow().evaluation();
        assertThat(result.losses()).isEqualTo(evaluated(spec));
        assertThat(result.batches()).isEqualTo(Fixtures.EPOCH_BATCHES);
        assertThat(kafka.values(TOPICS.metrics(), "measured", MetricsEvent.class))
                .filteredOn(MetricsEvent.Evaluation.class::isInstance)
                .hasSize(3)
                .last()
                .isEqualTo(new MetricsEvent.Evaluation("measured", STEPS, 1, result));
    }

    @Test
    void lossesAreReportedAsTheTutorialLogsThem() {
        StreamSpec stream = stream("losses", 1);
        kafka.createStream(stream);
        publish(stream, 0, STEPS);
        RunRequest request = new RunRequest("losses", spec(stream));
        kafka.queue(request);
        awaitEnd("losses");

        List<MetricsEvent> events = kafka.values(TOPICS.metrics(), "losses", MetricsEvent.class);

        List<Double> losses = losses(request.spec());
        assertThat(events)
                .extracting(MetricsEvent::step, MetricsEvent::epoch, event -> loss(event))
                .containsExactly(
                        tuple(11L, 0, sum(losses, 0, 11) / 10),
                        tuple(21L, 0, sum(losses, 11, 21) / 10),
                        tuple(25L, 0, sum(losses, 0, 25) / 25),
                        tuple(36L, 1, sum(losses, 25, 36) / 10),
                        tuple(40L, 1, sum(losses, 25, 40) / 15));
    }

    @Test
    void aBatchThatIsBadByItsBytesIsSetAsideAndKeepsItsPlace() {
        StreamSpec stream = stream("poison", 2);
        kafka.createStream(stream);
        publish(stream, 0, 17);
        byte[] garbage = "no batch".getBytes(StandardCharsets.UTF_8);
        kafka.publish(stream, 17, garbage);
        kafka.publish(stream, Fixtures.batch(18, 3));
        publish(stream, 19, STEPS);
        RunRequest request = new RunRequest("poison", spec(stream));
        kafka.queue(request);

        RunEvent last = awaitEnd("poison");

        assertThat(last.weights()).isEqualTo(weights(request.spec(), List.of(17L, 18L)));
        assertThat(checkpoints.latest("poison"))
                .hasValueSatisfying(
                        manifest -> assertThat(manifest.progress().skipped()).containsExactly(17L, 18L));
        assertThat(kafka.records(TOPICS.deadLetters()))
                .filteredOn(letter -> letter.key().startsWith("test.batches.poison-"))
                .extracting(
                        ConsumerRecord::key, letter -> header(letter, "reason"), letter -> header(letter, "ce_type"))
                .containsExactly(
                        tuple("test.batches.poison-1-8", "UNREADABLE", "dev.vaestream.dead-letter"),
                        tuple("test.batches.poison-0-9", "MISSHAPEN", "dev.vaestream.dead-letter"));
    }

    @Test
    void aRunThatCannotBeTrainedFailsWithAReasonAndIsAcknowledged() {
        kafka.queue(new RunRequest("hopeless", RunSpec.defaults("nowhere", 10)));

        RunEvent last = awaitEnd("hopeless");

        assertThat(last.state()).isEqualTo(State.FAILED);
        assertThat(last.reason()).isEqualTo("stream 'nowhere' does not exist");
        await().untilAsserted(() -> assertThat(kafka.waitingRuns()).isZero());
    }

    @Test
    void aRunThatCannotBeReadFailsAndIsSetAside() {
        kafka.send(TOPICS.runs(), null, "unreadable", "{\"run\": 5}".getBytes(StandardCharsets.UTF_8));

        RunEvent last = awaitEnd("unreadable");

        assertThat(last.reason()).startsWith("the run cannot be read: ");
        assertThat(kafka.records(TOPICS.deadLetters()))
                .filteredOn(letter -> letter.key().startsWith("test.runs-"))
                .extracting(ConsumerRecord::value)
                .containsExactly("{\"run\": 5}".getBytes(StandardCharsets.UTF_8));
        await().untilAsserted(() -> assertThat(kafka.waitingRuns()).isZero());
    }

    @Test
    void aRunWhosePartitionIsTakenAwayIsHandedOverWithACheckpoint() {
        int moving;
        try (RivalTrainer rival = new RivalTrainer(bootstrapServers)) {
            await().atMost(TIME).until(() -> rival.partitions().size() == 4);
            moving = rival.partitions().iterator().next();
        }
        StreamSpec stream = stream("moved", 1);
        kafka.createStream(stream);
        publish(stream, 0, 18);
        RunRequest request = new RunRequest("moved", spec(stream));
        Counter steps = meters.counter("vaestream.trainer.steps");
        double before = steps.count();
        kafka.send(TOPICS.runs(), moving, "moved", Json.write(request));
        await().atMost(TIME).until(() -> steps.count() == before + 18);

        try (RivalTrainer rival = new RivalTrainer(bootstrapServers)) {
            await().atMost(TIME).untilAsserted(() -> assertThat(rival.taken()).contains("moved"));
            assertThat(checkpoints.latest("moved"))
                    .hasValueSatisfying(manifest -> assertThat(manifest.step()).isEqualTo(18));
        }
        publish(stream, 18, STEPS);

        RunEvent last = awaitEnd("moved");
        assertThat(last.weights()).isEqualTo(weights(request.spec(), List.of()));
        assertThat(kafka.values(TOPICS.runEvents(), "moved", RunEvent.class))
                .extracting(RunEvent::state)
                .containsExactly(State.STARTED, State.RESUMED, State.COMPLETED);
    }

    private static StreamSpec stream(String name, int partitions) {
        StreamSpec tiny = Fixtures.stream(2, partitions);
        return new StreamSpec(
                name,
                tiny.dataset(),
                tiny.datasetDigest(),
                tiny.examples(),
                tiny.shape(),
                tiny.classes(),
                tiny.batchSize(),
                tiny.epochs(),
                tiny.shuffle(),
                tiny.seed(),
                partitions);
    }

    private static RunSpec spec(StreamSpec stream) {
        return spec(stream, STEPS, null);
    }

    private static RunSpec spec(StreamSpec stream, long steps, @Nullable ForkedFrom fork) {
        return spec(stream, steps, fork, null);
    }

    private static RunSpec spec(
            StreamSpec stream, long steps, @Nullable ForkedFrom fork, @Nullable EvaluationSpec evaluation) {
        RunSpec tiny = Fixtures.spec(STEPS, 15, 10);
        return new RunSpec(
                stream.stream(),
                0,
                steps,
                tiny.model(),
                tiny.klWeight(),
                tiny.seed(),
                tiny.prng(),
                tiny.optimizer(),
                tiny.checkpoints(),
                tiny.logEvery(),
                null,
                fork,
                evaluation,
                null);
    }

    private void publish(StreamSpec stream, long first, long end) {
        for (long sequence = first; sequence < end; sequence++) {
            kafka.publish(stream, Fixtures.batch(sequence));
        }
    }

    private RunEvent awaitEnd(String run) {
        return await().atMost(TIME)
                .until(
                        () -> kafka.values(TOPICS.runEvents(), run, RunEvent.class).stream()
                                .filter(event -> event.state().ended())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The weights that a plain loop over the batches ends with. */
    private static Sha256 weights(RunSpec spec, List<Long> skipped) {
        return train(spec, skipped, new ArrayList<>());
    }

    /** The image that the plain loop's parameters make. */
    private static Canary canary(RunSpec spec) {
        SortedMap<String, StoredArray> params = Safetensors.read(trained(spec, List.of(), new ArrayList<>()));
        float[] latents = Latents.of(0, 0, 0, 1, spec.model().latentDim());
        float[] image = Decoder.load(spec.model(), params).decode(latents, new int[1]);
        return new Canary(0, 0, Sha256.of(Grey.of(image, 0, image.length)));
    }

    /** The mean loss of the plain loop's parameters on the first epoch of the unseen stream. */
    private static Losses evaluated(RunSpec spec) {
        SortedMap<String, StoredArray> params = Safetensors.read(trained(spec, List.of(), new ArrayList<>()));
        List<EvaluationBatch> batches = new ArrayList<>();
        PrngKey key = PrngKey.of(5).split().first();
        for (int i = 0; i < Fixtures.EPOCH_BATCHES; i++) {
            Split split = key.split();
            key = split.first();
            Batch batch = Fixtures.batch(i);
            float[] noise =
                    split.second().normal(Fixtures.BATCH_SIZE * spec.model().latentDim());
            batches.add(new EvaluationBatch(batch.images(), batch.labels(), noise));
        }
        try (Evaluator evaluator = Evaluator.of(spec)) {
            return evaluator.evaluate(params, batches);
        }
    }

    private static List<Double> losses(RunSpec spec) {
        List<Double> losses = new ArrayList<>();
        train(spec, List.of(), losses);
        return losses;
    }

    private static Sha256 train(RunSpec spec, List<Long> skipped, List<Double> losses) {
        return Sha256.of(trained(spec, skipped, losses));
    }

    private static byte[] trained(RunSpec spec, List<Long> skipped, List<Double> losses) {
        try (TrainStep step = TrainStep.compile(spec, Fixtures.BATCH_SIZE)) {
            Split root = PrngKey.of(spec.seed()).split();
            PrngKey key = root.first();
            step.restore(step.init(root.second()));
            for (long sequence = 0; sequence < spec.steps(); sequence++) {
                if (!skipped.contains(sequence)) {
                    Split split = key.split();
                    key = split.first();
                    float[] noise = split.second()
                            .normal(Fixtures.BATCH_SIZE * spec.model().latentDim());
                    Batch batch = Fixtures.batch(sequence);
                    losses.add(step.run(batch.images(), batch.labels(), noise)
                            .losses()
                            .loss());
                }
            }
            return Safetensors.write(step.state().params());
        }
    }

    private static double sum(List<Double> losses, int first, int end) {
        double sum = 0;
        for (double loss : losses.subList(first, end)) {
            sum += loss;
        }
        return sum;
    }

    private static double loss(MetricsEvent event) {
        return event instanceof MetricsEvent.Window window
                ? window.losses().loss()
                : ((MetricsEvent.Epoch) event).losses().loss();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
