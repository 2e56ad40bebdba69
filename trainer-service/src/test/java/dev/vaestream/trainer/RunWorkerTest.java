package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CheckpointOptions;
import dev.vaestream.contracts.ForkedFrom;
import dev.vaestream.contracts.InitializeFrom;
import dev.vaestream.contracts.InvalidBatchException.Reason;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunEvent.State;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.SaveDecisionPolicy;
import dev.vaestream.contracts.WantedState;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.vae.StepResult;
import dev.vaestream.vae.StoredState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunWorkerTest {
    private static final long STEPS = 50;
    private static final RunRequest REQUEST = new RunRequest("demo", Fixtures.spec(STEPS, 20, 10));

    private final InMemoryLog log = new InMemoryLog(1);
    private final FakeCheckpointService service = new FakeCheckpointService();
    private final FakeStreams streams = new FakeStreams(Fixtures.stream(2, 1), log);
    private final RecordingEventLog events = new RecordingEventLog();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TrainerStatus status = new TrainerStatus();
    private final StopSignal stop = new StopSignal();
    private volatile WantedState wanted = WantedState.RUNNING;
    private RunControls controls = new KnownControls(() -> wanted);
    private Supplier<TrainingModel> models = DigestModel::new;

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aRunIsTrainedToItsEnd() {
        fill(STEPS);

        assertThat(work(REQUEST)).isEqualTo(Outcome.ENDED);

        assertThat(states()).containsExactly(State.STARTED, State.COMPLETED);
        assertThat(lastEvent().step()).isEqualTo(STEPS);
        assertThat(service.checkpoints("demo").keySet()).containsExactly(0L, 20L, 40L, 50L);
        Manifest last = service.checkpoints("demo").get(STEPS);
        assertThat(lastEvent().weights()).isEqualTo(last.blob(Blob.PARAMS).sha256());
        assertThat(last.parentStep()).isEqualTo(40);
    }

    @Test
    void everyCheckpointHasItsCanary() {
        fill(STEPS);

        work(REQUEST);

        assertThat(service.checkpoints("demo").values()).allSatisfy(manifest -> {
            byte[] params = service.blob(manifest.blob(Blob.PARAMS));
            assertThat(manifest.canary()).isEqualTo(new DigestModel().canary(Safetensors.read(params)));
        });
    }

    @Test
    void aCompletedRunIsNotTrainedAgain() {
        fill(STEPS);
        work(REQUEST);
        models = () -> {
            throw new IllegalStateException("nobody needs a model");
        };

        assertThat(work(REQUEST)).isEqualTo(Outcome.ENDED);

        assertThat(states()).containsExactly(State.STARTED, State.COMPLETED, State.COMPLETED);
        assertThat(events.runEvents().get(1).weights())
                .isEqualTo(events.runEvents().get(2).weights());
    }

    @Test
    void aStoppedRunIsResumedWhereItWas() {
        fill(33);
        CompletableFuture<Outcome> first = CompletableFuture.supplyAsync(() -> work(REQUEST));
        await().untilAsserted(() -> assertThat(service.checkpoints("demo")).containsKey(20L));
        await().untilAsserted(() -> assertThat(status.reasons()).isEmpty());
        stop.stop();
        assertThat(first.join()).isEqualTo(Outcome.LEFT);
        fill(33, STEPS);

        assertThat(worker().work(REQUEST, new StopSignal())).isEqualTo(Outcome.ENDED);

        assertThat(states()).containsExactly(State.STARTED, State.RESUMED, State.COMPLETED);
        assertThat(service.checkpoints("demo").get(STEPS).blobs())
                .isEqualTo(undisturbed().blobs());
    }

    @Test
    void aRunMayBeginWithAnothersParameters() {
        fill(STEPS);
        work(REQUEST);
        RunSpec spec = beginning("demo", 40);
        List<StoredState> begun = new ArrayList<>();
        models = () -> new DigestModel() {
            @Override
            public void restore(StoredState state) {
                begun.add(state);
                super.restore(state);
            }
        };

        assertThat(work(new RunRequest("fine", spec))).isEqualTo(Outcome.ENDED);

        Manifest source = service.checkpoints("demo").get(40L);
        assertThat(begun.get(0).params()).isEqualTo(Safetensors.read(service.blob(source.blob(Blob.PARAMS))));
        assertThat(begun.get(0).optimizer())
                .isEqualTo(new DigestModel().init(Keys.model(spec)).optimizer());
    }

    @Test
    void aCheckpointToBeginWithThatDoesNotExistFailsTheRunAndLeavesItsName() {
        fill(STEPS);

        work(new RunRequest("fine", beginning("demo", 40)));

        assertThat(lastEvent().reason()).isEqualTo("there is no checkpoint demo/40 to begin with");
        assertThat(work(new RunRequest("fine", Fixtures.spec(STEPS, 20, 10)))).isEqualTo(Outcome.ENDED);
        assertThat(lastEvent().state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void aRunGoesOnAlthoughTheCheckpointItBeganWithIsGone() {
        fill(STEPS);
        work(REQUEST);
        RunSpec spec = beginning("demo", 40);
        work(new RunRequest("fine", spec));
        service.retire("demo", 40);

        assertThat(work(new RunRequest("fine", spec))).isEqualTo(Outcome.ENDED);

        assertThat(lastEvent().state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void aForkGoesOnAsTheRunItselfWouldHave() {
        fill(STEPS);
        work(half(30));

        assertThat(work(fork("half", 30))).isEqualTo(Outcome.ENDED);

        assertThat(service.checkpoints("fork").keySet()).containsExactly(30L, 40L, 50L);
        Manifest last = service.checkpoints("fork").get(STEPS);
        Manifest undisturbed = undisturbed();
        assertThat(last.blobs()).isEqualTo(undisturbed.blobs());
        assertThat(last.progress()).isEqualTo(undisturbed.progress());
        assertThat(last.losses()).isEqualTo(undisturbed.losses());
        assertThat(events.runEvents().stream()
                        .filter(event -> event.run().equals("fork"))
                        .map(event -> event.state() + " " + event.step()))
                .containsExactly("STARTED 30", "COMPLETED 50");
    }

    @Test
    void aForksFirstCheckpointIsItsSourceWithoutAParent() {
        fill(STEPS);
        work(half(30));

        work(fork("half", 30));

        Manifest source = service.checkpoints("half").get(30L);
        Manifest first = service.checkpoints("fork").get(30L);
        assertThat(first.blobs()).isEqualTo(source.blobs());
        assertThat(first.progress()).isEqualTo(source.progress());
        assertThat(first.parentStep()).isNull();
        assertThat(service.checkpoints("fork").get(40L).parentStep()).isEqualTo(30);
    }

    @Test
    void aForkSavesItsBeginningWhateverItsPolicySays() {
        fill(STEPS);
        work(half(30));
        RunSpec spec = fork("half", 30).spec();
        CheckpointOptions seldom = new CheckpointOptions(
                null, null, 4, null, null, null, null, null, new SaveDecisionPolicy.FixedInterval(500), null);
        RunSpec saving = new RunSpec(
                spec.stream(),
                spec.firstSequence(),
                spec.steps(),
                spec.model(),
                spec.klWeight(),
                spec.seed(),
                spec.prng(),
                spec.optimizer(),
                seldom,
                spec.logEvery(),
                null,
                spec.forkedFrom(),
                null,
                null);

        work(new RunRequest("fork", saving));

        assertThat(service.checkpoints("fork").keySet()).containsExactly(30L, 50L);
    }

    @Test
    void aForkGoesOnAlthoughItsSourceIsGone() {
        fill(35);
        work(half(30));
        CompletableFuture<Outcome> work = CompletableFuture.supplyAsync(() -> work(fork("half", 30)));
        await().untilAsserted(() -> assertThat(service.checkpoints("fork")).containsKey(30L));
        stop.stop();
        work.join();
        service.retire("half", 30);
        fill(35, STEPS);

        assertThat(worker().work(fork("half", 30), new StopSignal())).isEqualTo(Outcome.ENDED);

        assertThat(service.checkpoints("fork").get(STEPS).blobs())
                .isEqualTo(undisturbed().blobs());
    }

    @Test
    void aForkMayBeTrainedOnAnotherKindOfMachine() {
        fill(STEPS);
        work(half(30));
        NumericFingerprint other = new NumericFingerprint("2.18.0", "cpu", "aarch64", "baseline", false, 1);
        models = () -> new DigestModel() {
            @Override
            public NumericFingerprint numeric() {
                return other;
            }
        };

        work(fork("half", 30));

        assertThat(lastEvent().state()).isEqualTo(State.COMPLETED);
        assertThat(service.checkpoints("fork").get(30L).numeric()).isEqualTo(other);
    }

    @Test
    void aForkOfACheckpointThatDoesNotExistFailsAndLeavesItsName() {
        fill(STEPS);
        work(half(30));

        work(fork("half", 25));

        assertThat(lastEvent().reason()).isEqualTo("there is no checkpoint half/25 to begin with");
        work(fork("half", 30));
        assertThat(lastEvent().state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void aForkThatBeginsElsewhereInTheStreamFailsAndLeavesItsName() {
        fill(STEPS);
        work(half(30));

        work(new RunRequest("fork", spec(40, 1, null, new ForkedFrom("half", 30))));

        assertThat(lastEvent().reason())
                .isEqualTo("run 'half' has firstSequence 0 and its fork 1; a fork goes on in the same stream");
        work(fork("half", 30));
        assertThat(lastEvent().state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void aForkOfARunOnAnotherTopicOfTheSameNameFails() {
        fill(STEPS);
        work(half(30));
        RunIdentity half = service.identity("half");
        service.put(
                new RunIdentity(
                        "moved",
                        half.spec(),
                        half.specDigest(),
                        half.shape(),
                        half.batchSize(),
                        half.topic(),
                        "another-topic-id",
                        half.clusterId(),
                        half.graphDigest(),
                        half.numeric()),
                service.checkpoints("half").get(30L));

        work(fork("moved", 30));

        assertThat(lastEvent().reason())
                .isEqualTo("run 'moved' has topic id another-topic-id and its fork topic-id;"
                        + " a fork goes on in the same stream");
    }

    @Test
    void aForkWithAnotherTreeFailsWithTheDifferenceAndLeavesItsName() {
        fill(STEPS);
        work(half(30));
        models = () -> new DigestModel() {
            @Override
            public StoredState init(PrngKey key) {
                StoredState drawn = super.init(key);
                return new StoredState(drawn.params(), new TreeMap<>());
            }
        };

        work(fork("half", 30));

        assertThat(lastEvent().reason())
                .startsWith("checkpoint half/30 does not fit the run's model and optimizer:"
                        + " optimizer's 'count' is U8[1] in the checkpoint and absent in the run; fork with those");
        models = DigestModel::new;
        work(fork("half", 30));
        assertThat(lastEvent().state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void aStreamThatDoesNotExistFailsTheRun() {
        RunSpec spec = RunSpec.defaults("nowhere", 5);

        assertThat(work(new RunRequest("demo", spec))).isEqualTo(Outcome.ENDED);

        assertThat(lastEvent().state()).isEqualTo(State.FAILED);
        assertThat(lastEvent().reason()).isEqualTo("stream 'nowhere' does not exist");
    }

    @Test
    void aModelOfAnotherShapeFailsTheRun() {
        RunSpec spec = RunSpec.defaults("tiny", 5);

        work(new RunRequest("demo", spec));

        assertThat(lastEvent().reason())
                .isEqualTo("the model makes images of 784 pixels; those of stream 'tiny' are 4x4, 16 pixels");
    }

    @Test
    void moreStepsThanTheStreamHasBatchesFailTheRun() {
        work(new RunRequest("demo", Fixtures.spec(51, 20, 10)));

        assertThat(lastEvent().reason()).isEqualTo("the run needs the batches 0 to 50; stream 'tiny' has 50");
    }

    @Test
    void aRunThatWasBegunDifferentlyFails() {
        fill(STEPS);
        work(REQUEST);

        work(new RunRequest("demo", Fixtures.spec(STEPS, 25, 10)));

        assertThat(lastEvent().state()).isEqualTo(State.FAILED);
        assertThat(lastEvent().reason()).startsWith("run 'demo' was begun differently: ");
    }

    @Test
    void aLossThatIsNoNumberFailsTheRunAtItsStep() {
        fill(STEPS);
        models = () -> modelThatAt(30, () -> Double.NaN);

        assertThat(work(REQUEST)).isEqualTo(Outcome.ENDED);

        assertThat(lastEvent().state()).isEqualTo(State.FAILED);
        assertThat(lastEvent().step()).isEqualTo(29);
        assertThat(lastEvent().reason()).contains("the loss of batch 29 is NaN");
        assertThat(service.checkpoints("demo").keySet()).containsExactly(0L, 20L);
    }

    @Test
    void whatTheServiceRefusesIsTriedAgain() {
        fill(STEPS);
        service.failNext(503, 500, 503, 429);

        assertThat(work(REQUEST)).isEqualTo(Outcome.ENDED);

        assertThat(states()).containsExactly(State.STARTED, State.COMPLETED);
        assertThat(status.reasons()).isEmpty();
    }

    @Test
    void whileKafkaIsAwayItSaysSoAndWaits() {
        fill(STEPS);
        streams.away(true);
        CompletableFuture<Outcome> work = CompletableFuture.supplyAsync(() -> work(REQUEST));
        await().untilAsserted(() -> assertThat(status.reasons()).isEqualTo(Map.of("run", "run 'demo': Kafka is away")));

        streams.away(false);

        assertThat(work.join()).isEqualTo(Outcome.ENDED);
        assertThat(status.reasons()).isEmpty();
    }

    @Test
    void blobsThatAreMissingAtTheCommitAreUploadedAgain() {
        fill(STEPS);
        service.forgetBlobs();

        assertThat(work(REQUEST)).isEqualTo(Outcome.ENDED);

        Manifest last = service.checkpoints("demo").get(STEPS);
        assertThat(last.blobs())
                .allSatisfy(blob -> assertThat(service.blob(blob)).isNotNull());
    }

    @Test
    void fencedItNeverClaimsTheRunAgain() {
        fill(STEPS);
        models = () -> modelThatAt(30, () -> {
            fenceAfterItsFirstCheckpoint();
            return 1;
        });

        assertThat(work(REQUEST)).isEqualTo(Outcome.FENCED);

        assertThat(states()).containsExactly(State.STARTED);
        assertThat(service.checkpoints("demo").keySet()).containsExactly(0L, 20L);
    }

    @Test
    void whoeverIsGrantedAFencedRunGoesOnWithIt() {
        fill(STEPS);
        models = first(modelThatAt(30, () -> {
            fenceAfterItsFirstCheckpoint();
            return 1;
        }));
        work(REQUEST);

        assertThat(work(REQUEST)).isEqualTo(Outcome.ENDED);

        assertThat(service.checkpoints("demo").get(20L).writerEpoch()).isEqualTo(1);
        assertThat(service.checkpoints("demo").get(STEPS).writerEpoch()).isEqualTo(3);
        assertThat(service.checkpoints("demo").get(STEPS).blobs())
                .isEqualTo(undisturbed().blobs());
    }

    @Test
    void whatNobodyForesawIsTriedAgainFromTheLastCheckpoint() {
        fill(STEPS);
        models = first(modelThatAt(30, () -> {
            throw new IllegalStateException("the graph is gone");
        }));

        assertThat(work(REQUEST)).isEqualTo(Outcome.ENDED);

        assertThat(events.runEvents().get(1).step()).isEqualTo(20);
        assertThat(service.checkpoints("demo").get(STEPS).blobs())
                .isEqualTo(undisturbed().blobs());
    }

    /** It was stopped at step 33, where no other trainer would save. */
    @Test
    void aRunWhoseNewestBlobIsLostMakesThatCheckpointAgain() {
        trainUntilStoppedAt33();
        Blob lost = service.checkpoints("demo").get(33L).blob(Blob.PARAMS);
        service.lose(lost.sha256());
        fill(33, STEPS);

        assertThat(worker().work(REQUEST, new StopSignal())).isEqualTo(Outcome.ENDED);

        assertThat(events.runEvents()).extracting(RunEvent::step).containsExactly(0L, 20L, STEPS);
        assertThat(service.checkpoints("demo").keySet()).containsExactly(0L, 20L, 33L, 40L, STEPS);
        assertThat(service.blob(lost)).isNotNull();
        assertThat(service.checkpoints("demo").get(STEPS).blobs())
                .isEqualTo(undisturbed().blobs());
    }

    @Test
    void whereOnlyOneThatIsBeingDeletedIsWholeItGoesOnFromThat() {
        trainUntilStoppedAt33();
        service.lose(service.checkpoints("demo").get(33L).blob(Blob.PARAMS).sha256());
        service.beginToRetire("demo", 0);
        service.beginToRetire("demo", 20);
        fill(33, STEPS);

        assertThat(worker().work(REQUEST, new StopSignal())).isEqualTo(Outcome.ENDED);

        assertThat(events.runEvents()).extracting(RunEvent::step).containsExactly(0L, 20L, STEPS);
        assertThat(service.checkpoints("demo").get(STEPS).blobs())
                .isEqualTo(undisturbed().blobs());
    }

    @Test
    void whereNoCheckpointIsWholeTheRunIsTrainedAgain() {
        trainUntilStoppedAt33();
        loseAll();
        fill(33, STEPS);

        assertThat(worker().work(REQUEST, new StopSignal())).isEqualTo(Outcome.ENDED);

        assertThat(service.checkpoints("demo").keySet()).containsExactly(0L, 20L, 33L, 40L, STEPS);
        assertThat(service.checkpoints("demo").get(STEPS).blobs())
                .isEqualTo(undisturbed().blobs());
        service.checkpoints("demo")
                .values()
                .forEach(manifest -> manifest.blobs()
                        .forEach(blob -> assertThat(service.blob(blob)).isNotNull()));
    }

    @Test
    void whereNeitherACheckpointNorTheRecordsAreWholeItWaitsWithAReason() {
        trainUntilStoppedAt33();
        loseAll();
        log.trim(0, 5);
        StopSignal second = new StopSignal();

        CompletableFuture<Outcome> work = CompletableFuture.supplyAsync(() -> worker().work(REQUEST, second));

        await().untilAsserted(() -> assertThat(status.reasons().get("run")).contains(".safetensors"));
        second.stop();
        assertThat(work.join()).isEqualTo(Outcome.LEFT);
    }

    @Test
    void aBlobThatIsNotWhatItsDigestSaysIsNotTrainedOn() {
        fill(25);
        CompletableFuture<Outcome> first = CompletableFuture.supplyAsync(() -> work(REQUEST));
        await().untilAsserted(() -> assertThat(service.checkpoints("demo")).containsKey(20L));
        stop.stop();
        first.join();
        Manifest newest =
                service.checkpoints("demo").get(service.checkpoints("demo").lastKey());
        service.corrupt(newest.blob(Blob.PARAMS).sha256());
        StopSignal second = new StopSignal();

        CompletableFuture<Outcome> work = CompletableFuture.supplyAsync(() -> worker().work(REQUEST, second));

        await().untilAsserted(
                        () -> assertThat(status.reasons().get("run")).contains("blob params.safetensors came as"));
        second.stop();
        assertThat(work.join()).isEqualTo(Outcome.LEFT);
    }

    @Test
    void aRunThatIsCancelledBeforeItBeginsNeverDoes() {
        fill(STEPS);
        wanted = WantedState.CANCELLED;

        assertThat(work(REQUEST)).isEqualTo(Outcome.ENDED);

        assertThat(states()).containsExactly(State.CANCELLED);
        assertThat(service.checkpoints("demo")).isEmpty();
    }

    @Test
    void aRunThatWasCancelledOnceAndIsWantedAgainIsTrained() {
        fill(STEPS);
        wanted = WantedState.CANCELLED;
        controls = new RunControls() {
            @Override
            public void catchUp() {
                wanted = WantedState.RUNNING;
            }

            @Override
            public WantedState wanted(String run) {
                return wanted;
            }
        };

        work(REQUEST);

        assertThat(states()).containsExactly(State.STARTED, State.COMPLETED);
    }

    @Test
    void aRunThatIsCancelledInTheMiddleEndsThere() {
        fill(STEPS);
        models = () -> modelThatAt(30, () -> {
            wanted = WantedState.CANCELLED;
            return 1;
        });

        assertThat(work(REQUEST)).isEqualTo(Outcome.ENDED);

        assertThat(states()).containsExactly(State.STARTED, State.CANCELLED);
        assertThat(lastEvent().step()).isEqualTo(30);
    }

    @Test
    void aPauseWhileABatchIsMissingIsTakenUpAtOnce() {
        fill(7);
        CompletableFuture<Outcome> work = CompletableFuture.supplyAsync(() -> work(REQUEST));
        await().until(() -> meters.get("vaestream.trainer.steps").counter().count() == 7);

        wanted = WantedState.PAUSED;

        await().untilAsserted(() -> assertThat(states()).endsWith(State.PAUSED));
        assertThat(lastEvent().step()).isEqualTo(7);
        wanted = WantedState.RUNNING;
        fill(7, STEPS);
        assertThat(work.join()).isEqualTo(Outcome.ENDED);
        assertThat(service.checkpoints("demo").get(STEPS).blobs())
                .isEqualTo(undisturbed().blobs());
    }

    @Test
    void aMissingBatchIsWaitedForWithAReason() {
        fill(7);
        fill(8, STEPS);
        CompletableFuture<Outcome> work = CompletableFuture.supplyAsync(() -> work(REQUEST));
        await().untilAsserted(() -> assertThat(status.reasons())
                .isEqualTo(Map.of("stream", "batch 7 of stream 'tiny' is missing; batches up to 49 came without it")));

        fill(7, 8);

        assertThat(work.join()).isEqualTo(Outcome.ENDED);
        assertThat(service.checkpoints("demo").get(STEPS).blobs())
                .isEqualTo(undisturbed().blobs());
    }

    @Test
    void aLogThatWasCutOffAndGrewAgainFailsTheRun() {
        fill(25);
        interruptAt(20);
        log.replace(0, 24, Fixtures.batch(24, 2).encode());

        worker().work(REQUEST, new StopSignal());

        assertThat(lastEvent().state()).isEqualTo(State.FAILED);
        assertThat(lastEvent().reason())
                .startsWith(
                        "the log of stream 'tiny' is not the one that the run has read: record 24 of partition 0 had");
    }

    @Test
    void aRecordThatRetentionHasDeletedIsNotCompared() {
        fill(25);
        interruptAt(20);
        log.trim(0, 25);
        fill(25, STEPS);

        assertThat(worker().work(REQUEST, new StopSignal())).isEqualTo(Outcome.ENDED);

        assertThat(service.checkpoints("demo").get(STEPS).blobs())
                .isEqualTo(undisturbed().blobs());
    }

    @Test
    void batchesThatRetentionHasDeletedFailTheRun() {
        fill(STEPS);
        log.trim(0, 5);

        work(REQUEST);

        assertThat(lastEvent().reason())
                .isEqualTo("batch 0 of stream 'tiny' is gone; the topic keeps only later ones, so begin a run at one of"
                        + " those, or publish the stream again");
    }

    @Test
    void aRunOfWhichAllBatchesAreDeletedFails() {
        fill(STEPS);
        log.trim(0, (int) STEPS);

        work(REQUEST);

        assertThat(lastEvent().state()).isEqualTo(State.FAILED);
    }

    @Test
    void whatWasPublishedIsInKafkaBeforeACheckpointIs() {
        log.append(0, "0", new byte[] {1});
        fill(1, STEPS);

        work(REQUEST);

        assertThat(events.deadLetters())
                .extracting(DeadLetter::key, DeadLetter::reason)
                .containsExactly(tuple("batches.tiny-0-0", Reason.UNREADABLE));
        assertThat(events.flushes())
                .isGreaterThanOrEqualTo(service.checkpoints("demo").size());
    }

    private void loseAll() {
        service.checkpoints("demo")
                .values()
                .forEach(manifest -> service.lose(manifest.blob(Blob.OPTIMIZER).sha256()));
    }

    /** The same run with the parameters of another run's checkpoint. */
    private static RunSpec beginning(String run, long step) {
        return spec(STEPS, 0, new InitializeFrom(run, step, List.of("params.**")), null);
    }

    /** The same run from another run's checkpoint on. */
    private static RunRequest fork(String run, long step) {
        return new RunRequest("fork", spec(STEPS, 0, null, new ForkedFrom(run, step)));
    }

    /** The same run up to a step. */
    private static RunRequest half(long steps) {
        return new RunRequest("half", spec(steps, 0, null, null));
    }

    private static RunSpec spec(
            long steps, long firstSequence, @Nullable InitializeFrom initializeFrom, @Nullable ForkedFrom forkedFrom) {
        RunSpec spec = REQUEST.spec();
        return new RunSpec(
                spec.stream(),
                firstSequence,
                steps,
                spec.model(),
                spec.klWeight(),
                spec.seed(),
                spec.prng(),
                spec.optimizer(),
                spec.checkpoints(),
                spec.logEvery(),
                initializeFrom,
                forkedFrom,
                null,
                null);
    }

    /** The last checkpoint of the same run where nothing happens. */
    private Manifest undisturbed() {
        InMemoryLog whole = new InMemoryLog(1);
        for (long sequence = 0; sequence < STEPS; sequence++) {
            whole.append(Fixtures.batch(sequence));
        }
        try (FakeCheckpointService other = new FakeCheckpointService()) {
            worker(other, new FakeStreams(Fixtures.stream(2, 1), whole), DigestModel::new)
                    .work(REQUEST, new StopSignal());
            return other.checkpoints("demo").get(STEPS);
        }
    }

    /** Works on all batches there are, and stops after the checkpoint of {@code step}, with all of them consumed. */
    private void interruptAt(long step) {
        CompletableFuture<Outcome> work = CompletableFuture.supplyAsync(() -> work(REQUEST));
        await().untilAsserted(() -> assertThat(service.checkpoints("demo")).containsKey(step));
        await().untilAsserted(() ->
                assertThat(meters.counter("vaestream.trainer.steps").count()).isEqualTo(25));
        stop.stop();
        assertThat(work.join()).isEqualTo(Outcome.LEFT);
    }

    private void fenceAfterItsFirstCheckpoint() {
        await().untilAsserted(() -> assertThat(service.checkpoints("demo")).containsKey(20L));
        service.fence("demo");
    }

    private void trainUntilStoppedAt33() {
        fill(33);
        CompletableFuture<Outcome> first = CompletableFuture.supplyAsync(() -> work(REQUEST));
        await().untilAsserted(() -> assertThat(service.checkpoints("demo")).containsKey(20L));
        await().untilAsserted(() -> assertThat(status.reasons()).isEmpty());
        stop.stop();
        first.join();
    }

    private Outcome work(RunRequest request) {
        return worker().work(request, stop);
    }

    private RunWorker worker() {
        return worker(service, streams, models);
    }

    private RunWorker worker(FakeCheckpointService storage, Streams kafka, Supplier<TrainingModel> compiled) {
        Backoff backoff = new Backoff(Duration.ofMillis(5), Duration.ofMillis(20));
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        CheckpointClient client =
                new CheckpointClient(HttpClient.newHttpClient(), storage.uri(), Duration.ofSeconds(10));
        TrainerMeter meter = new TrainerMeter(meters, System::nanoTime);
        RunTraining training = new RunTraining(
                "test", kafka, (spec, batchSize) -> compiled.get(), client, events, meter, backoff, status, clock, 0);
        return new RunWorker(client, training, controls, events, backoff, status, clock);
    }

    private void fill(long end) {
        fill(0, end);
    }

    private void fill(long first, long end) {
        for (long sequence = first; sequence < end; sequence++) {
            log.append(Fixtures.batch(sequence));
        }
    }

    private List<State> states() {
        return events.runEvents().stream().map(RunEvent::state).toList();
    }

    private RunEvent lastEvent() {
        return events.runEvents().get(events.runEvents().size() - 1);
    }

    /** This model once, then whole ones. */
    private static Supplier<TrainingModel> first(TrainingModel model) {
        AtomicInteger compiled = new AtomicInteger();
        return () -> compiled.getAndIncrement() == 0 ? model : new DigestModel();
    }

    /** A model that does something else at one of its steps, whose loss is then what that answers. */
    private static TrainingModel modelThatAt(int call, DoubleSupplier what) {
        return new DigestModel() {
            private int calls;

            @Override
            public StepResult step(ByteString images, ByteString labels, float[] noise) {
                StepResult result = super.step(images, labels, noise);
                calls++;
                return calls == call ? new StepResult(new Losses(what.getAsDouble(), 1, 1), 1e-4, 1) : result;
            }
        };
    }
}
