package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.EvaluationResult;
import dev.vaestream.contracts.EvaluationSpec;
import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.InvalidBatchException.Reason;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent.State;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.WantedState;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.random.Split;
import dev.vaestream.vae.EvaluationBatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that are evaluated on a second stream of 5 batches an epoch, sequences 1000, 1001, … of the fixtures. */
@Timeout(60)
class RunEvaluationTest {
    private static final long STEPS = 50;
    private static final int BATCHES = 5;
    private static final EvaluationSpec EVERY_20 = new EvaluationSpec("unseen", 20, 9, null);

    private final InMemoryLog log = new InMemoryLog(1);
    private final InMemoryLog unseen = new InMemoryLog(2);
    private final FakeStreams streams = new FakeStreams(Fixtures.stream(2, 1), log);
    private final FakeCheckpointService service = new FakeCheckpointService();
    private final RecordingEventLog events = new RecordingEventLog();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TrainerStatus status = new TrainerStatus();
    private final StopSignal stop = new StopSignal();
    private final List<List<EvaluationBatch>> evaluated = new ArrayList<>();
    private volatile WantedState wanted = WantedState.RUNNING;
    private long limit = 1 << 20;

    RunEvaluationTest() {
        streams.add(unseen("tiny"), unseen);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void checkpointsAtItsMultiplesAndTheLastAreEvaluated() {
        fill(0, STEPS);
        fillUnseen(0, BATCHES);

        work(request(EVERY_20));

        assertThat(evaluations("demo").keySet()).containsExactly(0L, 20L, 40L, 50L);
        assertThat(service.checkpoints("demo").keySet()).containsExactly(0L, 10L, 20L, 30L, 40L, 50L);
    }

    @Test
    void everyEvaluationIsToldOfBeforeItsCheckpointIsCommitted() {
        fill(0, STEPS);
        fillUnseen(0, BATCHES);

        work(request(EVERY_20));

        SortedMap<Long, EvaluationResult> results = evaluations("demo");
        assertThat(events.metrics())
                .filteredOn(MetricsEvent.Evaluation.class::isInstance)
                .containsExactly(
                        new MetricsEvent.Evaluation("demo", 0, 0, results.get(0L)),
                        new MetricsEvent.Evaluation("demo", 20, 0, results.get(20L)),
                        new MetricsEvent.Evaluation("demo", 40, 1, results.get(40L)),
                        new MetricsEvent.Evaluation("demo", 50, 1, results.get(50L)));
    }

    @Test
    void evaluatingChangesNoBitOfTheRun() {
        fill(0, STEPS);
        fillUnseen(0, BATCHES);

        work(request(EVERY_20));
        work(new RunRequest("plain", request(null).spec()));

        service.checkpoints("plain").forEach((step, plain) -> {
            Manifest manifest = service.checkpoints("demo").get(step);
            assertThat(manifest.blobs()).isEqualTo(plain.blobs());
            assertThat(manifest.progress()).isEqualTo(plain.progress());
            assertThat(manifest.losses()).isEqualTo(plain.losses());
            assertThat(plain.evaluation()).isNull();
        });
    }

    @Test
    void aKilledRunHasTheEvaluationsOfAnUndisturbedOne() {
        fill(0, 27);
        fillUnseen(0, BATCHES);
        CompletableFuture<Outcome> first = CompletableFuture.supplyAsync(() -> work(request(EVERY_20)));
        await().until(() -> meters.counter("vaestream.trainer.steps").count() == 27);
        stop.stop();
        first.join();
        fill(27, STEPS);

        work(request(EVERY_20), new StopSignal());

        assertThat(service.checkpoints("demo")).containsKey(27L);
        work(new RunRequest("undisturbed", request(EVERY_20).spec()), new StopSignal());
        assertThat(evaluations("demo")).isEqualTo(evaluations("undisturbed"));
    }

    @Test
    void eachImageIsTakenOnceWithTheNoiseOfAStepWithTheSeed() {
        fill(0, STEPS);
        fillUnseen(0, 2 * BATCHES);

        work(request(EVERY_20));

        PrngKey key = PrngKey.of(9).split().first();
        assertThat(evaluated).hasSize(4);
        for (int i = 0; i < BATCHES; i++) {
            Split split = key.split();
            key = split.first();
            float[] noise = split.second().normal(Fixtures.BATCH_SIZE * Fixtures.MODEL.latentDim());
            Batch batch = Fixtures.batch(1000 + i);
            for (List<EvaluationBatch> batches : evaluated) {
                assertThat(batches).hasSize(BATCHES);
                assertThat(batches.get(i).images()).isEqualTo(batch.images());
                assertThat(batches.get(i).labels()).isEqualTo(batch.labels());
                assertThat(batches.get(i).noise()).containsExactly(noise);
            }
        }
    }

    @Test
    void theResultNamesTheRecordsThatWereRead() {
        fill(0, STEPS);
        fillUnseen(0, BATCHES);

        work(request(EVERY_20));

        Sha256 chain = Sha256.EMPTY;
        for (int i = 0; i < BATCHES; i++) {
            chain = chain.chain(Sha256.of(unseenBatch(i).encode()));
        }
        EvaluationResult result = evaluations("demo").get(STEPS);
        assertThat(result.inputDigest()).isEqualTo(chain);
        assertThat(result.batches()).isEqualTo(BATCHES);
    }

    @Test
    void whatIsMissingOfTheStreamIsWaitedForWithAReason() {
        fill(0, STEPS);
        fillUnseen(0, 3);
        CompletableFuture<Outcome> work = CompletableFuture.supplyAsync(() -> work(request(EVERY_20)));
        await().untilAsserted(() -> assertThat(status.reasons())
                .isEqualTo(Map.of(
                        "evaluation", "the run is evaluated on 5 batches of stream 'unseen', which has 3 so far")));
        assertThat(service.checkpoints("demo")).isEmpty();

        fillUnseen(3, BATCHES);

        assertThat(work.join()).isEqualTo(Outcome.ENDED);
        assertThat(status.reasons()).isEmpty();
        assertThat(evaluations("demo")).hasSize(4);
    }

    @Test
    void aRunThatIsCancelledWhileItWaitsEnds() {
        fill(0, STEPS);
        CompletableFuture<Outcome> work = CompletableFuture.supplyAsync(() -> work(request(EVERY_20)));
        await().until(() -> status.reasons().containsKey("evaluation"));

        wanted = WantedState.CANCELLED;

        assertThat(work.join()).isEqualTo(Outcome.ENDED);
        assertThat(lastState()).isEqualTo(State.CANCELLED);
        assertThat(status.reasons()).isEmpty();
    }

    @Test
    void aRunThatIsStoppedWhileItWaitsIsLeft() {
        fill(0, STEPS);
        CompletableFuture<Outcome> work = CompletableFuture.supplyAsync(() -> work(request(EVERY_20)));
        await().until(() -> status.reasons().containsKey("evaluation"));

        stop.stop();

        assertThat(work.join()).isEqualTo(Outcome.LEFT);
    }

    @Test
    void aBatchThatIsBadByItsBytesIsLeftOut() {
        fill(0, STEPS);
        fillUnseen(0, 2);
        unseen.append(0, "2", new byte[] {1});
        fillUnseen(3, BATCHES);

        work(request(EVERY_20));

        assertThat(evaluations("demo").get(STEPS).batches()).isEqualTo(BATCHES - 1);
        assertThat(events.deadLetters())
                .extracting(DeadLetter::key, DeadLetter::reason)
                .containsExactly(tuple("batches.unseen-0-1", Reason.UNREADABLE));
    }

    @Test
    void nothingButBadBatchesFailsTheRun() {
        fill(0, STEPS);
        for (int i = 0; i < BATCHES; i++) {
            unseen.append(i % 2, Integer.toString(i), new byte[] {1});
        }

        work(request(EVERY_20));

        assertThat(lastReason()).isEqualTo("all 5 batches of stream 'unseen' that the run is evaluated on are bad");
    }

    @Test
    void anotherStreamUnderTheSameNameFailsTheResumedRun() {
        fill(0, 20);
        fillUnseen(0, BATCHES);
        CompletableFuture<Outcome> first = CompletableFuture.supplyAsync(() -> work(request(EVERY_20)));
        await().untilAsserted(() -> assertThat(service.checkpoints("demo")).containsKey(20L));
        stop.stop();
        first.join();
        unseen.replace(0, 1, unseenBatch(2, 77).encode());
        work(request(EVERY_20), new StopSignal());

        assertThat(lastReason())
                .startsWith("stream 'unseen' is not the one that checkpoint demo/20 was evaluated on: its records had");
    }

    @Test
    void theNewestEvaluationCountsWhateverWasSavedSince() {
        fill(0, 30);
        fillUnseen(0, BATCHES);
        CompletableFuture<Outcome> first = CompletableFuture.supplyAsync(() -> work(request(EVERY_20)));
        await().untilAsserted(() -> assertThat(service.checkpoints("demo")).containsKey(30L));
        stop.stop();
        first.join();
        unseen.replace(0, 1, unseenBatch(2, 77).encode());
        work(request(EVERY_20), new StopSignal());

        assertThat(lastReason())
                .startsWith("stream 'unseen' is not the one that checkpoint demo/20 was evaluated on: its records had");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nowhere |      | stream 'nowhere' does not exist",
                "wide    |      | the model makes images of 16 pixels; those of stream 'wide' are 4x5, 20 pixels",
                "outside |      | stream 'outside' has no dataset, so the spec must say in evaluation.batches how many of its batches are meant",
                "unseen  | 11   | the run is evaluated on 11 batches; stream 'unseen' has 10",
                "outside | 9999 | the 9999 batches of stream 'outside' that the run is evaluated on take more than 1048576 bytes; name fewer in evaluation.batches, or raise vaestream.trainer.evaluation-limit"
            })
    void aStreamThatARunCannotBeEvaluatedOnFailsItAndLeavesItsName(
            String stream, @Nullable Long batches, String reason) {
        fill(0, STEPS);
        fillUnseen(0, BATCHES);
        StreamSpec tiny = unseen("tiny");
        streams.add(new StreamSpec("outside", null, null, 0, tiny.shape(), tiny.classes(), 8, 0, false, 0, 2), unseen);
        streams.add(
                new StreamSpec(
                        "wide", "wide", Sha256.EMPTY, 40, new ImageShape(4, 5), tiny.classes(), 8, 1, true, 0, 2),
                unseen);

        work(request(new EvaluationSpec(stream, 20, 0, batches)));

        assertThat(lastReason()).isEqualTo(reason);
        work(request(EVERY_20));
        assertThat(lastState()).isEqualTo(State.COMPLETED);
    }

    @Test
    void exactlyTheLimitIsTaken() {
        fill(0, STEPS);
        fillUnseen(0, BATCHES);
        // 5 batches of 8 images of 16 pixels, a label and 2 numbers of noise.
        limit = 5 * 8 * (16 + 1 + 2 * 4);

        work(request(EVERY_20));

        assertThat(lastState()).isEqualTo(State.COMPLETED);
    }

    private static StreamSpec unseen(String dataset) {
        return new StreamSpec(
                "unseen",
                dataset,
                Sha256.EMPTY,
                BATCHES * Fixtures.BATCH_SIZE,
                Fixtures.SHAPE,
                Fixtures.CLASSES,
                Fixtures.BATCH_SIZE,
                2,
                false,
                7,
                2);
    }

    private static RunRequest request(@Nullable EvaluationSpec evaluation) {
        return new RunRequest("demo", Fixtures.spec(STEPS, 10, 10, evaluation));
    }

    private SortedMap<Long, EvaluationResult> evaluations(String run) {
        SortedMap<Long, EvaluationResult> results = new TreeMap<>();
        service.checkpoints(run).forEach((step, manifest) -> {
            EvaluationResult result = manifest.evaluation();
            if (result != null) {
                results.put(step, result);
            }
        });
        return results;
    }

    private Outcome work(RunRequest request) {
        return work(request, stop);
    }

    private Outcome work(RunRequest request, StopSignal signal) {
        Backoff backoff = new Backoff(Duration.ofMillis(5), Duration.ofMillis(20));
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        CheckpointClient client =
                new CheckpointClient(HttpClient.newHttpClient(), service.uri(), Duration.ofSeconds(10));
        TrainerMeter meter = new TrainerMeter(meters, System::nanoTime);
        RunTraining training = new RunTraining(
                "test", streams, (spec, batchSize) -> watched(), client, events, meter, backoff, status, clock, limit);
        return new RunWorker(client, training, new KnownControls(() -> wanted), events, backoff, status, clock)
                .work(request, signal);
    }

    /** A model that remembers what it was evaluated on. */
    private TrainingModel watched() {
        return new DigestModel() {
            @Override
            public Losses evaluate(SortedMap<String, StoredArray> params, List<EvaluationBatch> batches) {
                evaluated.add(batches);
                return super.evaluate(params, batches);
            }
        };
    }

    private void fill(long first, long end) {
        for (long sequence = first; sequence < end; sequence++) {
            log.append(Fixtures.batch(sequence));
        }
    }

    private void fillUnseen(int first, int end) {
        for (int sequence = first; sequence < end; sequence++) {
            unseen.append(unseenBatch(sequence));
        }
    }

    private static Batch unseenBatch(int sequence) {
        return unseenBatch(sequence, sequence);
    }

    /** With the images of one of the fixtures' batches from 1000 on. */
    private static Batch unseenBatch(int sequence, int content) {
        Batch source = Fixtures.batch(1000L + content);
        return new Batch(
                sequence,
                sequence / BATCHES,
                sequence % BATCHES,
                BATCHES,
                source.shape(),
                source.classes(),
                source.images(),
                source.labels());
    }

    private State lastState() {
        return events.runEvents().get(events.runEvents().size() - 1).state();
    }

    private @Nullable String lastReason() {
        return events.runEvents().get(events.runEvents().size() - 1).reason();
    }
}
