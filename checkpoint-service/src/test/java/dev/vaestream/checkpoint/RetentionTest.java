package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vaestream.contracts.AliasRequest;
import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.CheckpointEvent.Change;
import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.PinRequest;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

/** Retention with a grace, while the store's time passes. */
class RetentionTest {
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** Both ends of a time are cut off to seconds. */
    private static final Duration PAST_GRACE = Duration.ofSeconds(11);

    private final InMemoryObjectStorage storage = new InMemoryObjectStorage();
    private final TestingService service = service();
    private final List<Manifest> saved = new ArrayList<>();

    @Test
    void aCheckpointThatIsBeingDeletedCanStillBeRead() {
        save(2, 100, 200, 300);

        assertThat(service.manager().status("demo").steps()).containsExactly(200L, 300L);
        assertThat(service.manager().restore(id(100))).isEqualTo(saved.get(0));
        assertThat(summary(100).retiring()).isTrue();
        assertThat(summary(200).retiring()).isFalse();
    }

    @Test
    void theManifestGoesAfterTheGraceAndTheBlobsAfterAnother() {
        save(2, 100, 200, 300);

        storage.advance(PAST_GRACE.minusSeconds(1));
        service.retention().retain("demo");
        assertThat(storage.keys()).contains("runs/demo/checkpoints/100.json");

        storage.advance(Duration.ofSeconds(1));
        service.retention().retain("demo");
        assertThat(storage.keys())
                .doesNotContain("runs/demo/checkpoints/100.json")
                .containsAll(blobs(0));

        storage.advance(PAST_GRACE.minusSeconds(1));
        service.retention().retain("demo");
        assertThat(storage.keys()).containsAll(blobs(0)).contains("runs/demo/retired/100.json");

        storage.advance(Duration.ofSeconds(1));
        service.retention().retain("demo");
        assertThat(storage.keys())
                .doesNotContainAnyElementsOf(blobs(0))
                .doesNotContain("runs/demo/retired/100.json")
                .containsAll(blobs(1));
    }

    @Test
    void theSecondGraceBeginsWhenTheManifestIsGone() {
        save(2, 100, 200, 300);
        storage.advance(PAST_GRACE);
        TestingService slow = service(new ForwardingObjectStorage(storage) {
            @Override
            public void delete(String key) {
                storage.advance(PAST_GRACE);
                super.delete(key);
            }
        });

        slow.retention().retain("demo");
        slow.retention().retain("demo");

        assertThat(storage.keys())
                .doesNotContain("runs/demo/checkpoints/100.json")
                .containsAll(blobs(0));
    }

    @Test
    void aManifestThatIsMisreadOnceIsNotTakenForGone() {
        save(2, 100, 200, 300);
        storage.advance(PAST_GRACE);
        TestingService unlucky = service(new MisreadObjectStorage(storage, "runs/demo/checkpoints/100.json"));

        unlucky.retention().retain("demo");
        storage.advance(PAST_GRACE);
        unlucky.retention().retain("demo");

        assertThat(storage.keys())
                .doesNotContain("runs/demo/checkpoints/100.json")
                .containsAll(blobs(0));
    }

    @Test
    void aDamagedManifestThatIsToGoIsSetAside() {
        save(2, 100, 200, 300);
        storage.overwrite("runs/demo/checkpoints/100.json", Examples.bytes("rotten"));
        storage.advance(PAST_GRACE);

        service.retention().retain("demo");

        assertThat(storage.keys())
                .doesNotContain("runs/demo/checkpoints/100.json")
                .anyMatch(key -> key.startsWith("runs/demo/corrupt/100-"));
    }

    @Test
    void theEndIsToldWhenTheManifestGoes() {
        save(2, 100, 200, 300);
        service.events().clear();

        storage.advance(PAST_GRACE);
        service.retention().retain("demo");

        assertThat(service.events())
                .containsExactly(new CheckpointEvent(
                        "demo", 100, Change.RETIRED, saved.get(0).digest(), Examples.NOW));
    }

    @Test
    void anotherProcessGoesOnWhereOneWasKilled() {
        save(2, 100, 200, 300);

        TestingService restarted = service();
        restarted.manager().recover();
        storage.advance(PAST_GRACE);
        restarted.retention().goOn();
        storage.advance(PAST_GRACE);
        restarted.retention().goOn();

        assertThat(storage.keys()).doesNotContainAnyElementsOf(blobs(0)).doesNotContain("runs/demo/retired/100.json");
    }

    @Test
    void aProcessThatStartsAfterTheManifestWentWaitsAgain() {
        save(2, 100, 200, 300);
        storage.advance(PAST_GRACE);
        service.retention().retain("demo");
        storage.advance(PAST_GRACE);

        TestingService restarted = service();
        restarted.retention().retain("demo");

        assertThat(storage.keys()).containsAll(blobs(0));
    }

    @Test
    void nothingIsDoneBeforeTheStoreIsKnownToBeFit() {
        save(2, 100, 200, 300);
        storage.advance(PAST_GRACE);

        service().retention().goOn();
        service().retention().sweep();

        assertThat(storage.keys()).contains("runs/demo/checkpoints/100.json");
    }

    @Test
    void aPinThatEndedLongAgoIsClearedAway() {
        save(2, 100);
        service.pins().pin("demo", "sampler-1", new PinRequest(100, Duration.ofSeconds(30)));

        storage.advance(PinRequest.MAX_TTL.multipliedBy(3));
        service.retention().start();
        service.retention().sweep();

        assertThat(storage.list("runs/demo/pins/")).isEmpty();
    }

    @Test
    void aPinnedCheckpointIsNotRetired() {
        save(2, 100, 200);
        service.pins().pin("demo", "sampler-1", new PinRequest(100, Duration.ofSeconds(30)));

        saveNext(300);

        assertThat(service.manager().status("demo").steps()).containsExactly(100L, 200L, 300L);
        assertThat(summary(100).pinned()).isTrue();
    }

    @Test
    void aCheckpointIsRetiredWhenItsPinHasEnded() {
        save(2, 100, 200);
        service.pins().pin("demo", "sampler-1", new PinRequest(100, Duration.ofSeconds(30)));
        saveNext(300);
        service.retention().start();

        storage.advance(Duration.ofSeconds(31));
        service.retention().goOn();
        assertThat(service.manager().status("demo").steps()).contains(100L);

        storage.advance(Duration.ofSeconds(1));
        service.retention().goOn();
        assertThat(service.manager().status("demo").steps()).containsExactly(200L, 300L);
    }

    @Test
    void aReaderThatLetsGoNoLongerHolds() {
        save(2, 100, 200);
        service.pins().pin("demo", "sampler-1", new PinRequest(100, Duration.ofSeconds(30)));
        service.pins().unpin("demo", "sampler-1");

        saveNext(300);

        assertThat(service.manager().status("demo").steps()).containsExactly(200L, 300L);
    }

    @Test
    void aReaderHoldsOneCheckpoint() {
        save(2, 100, 200);
        service.pins().pin("demo", "sampler-1", new PinRequest(100, Duration.ofSeconds(30)));
        service.pins().pin("demo", "sampler-1", new PinRequest(200, Duration.ofSeconds(30)));

        assertThat(service.pins().steps("demo")).containsExactly(200L);
    }

    @Test
    void aCheckpointThatIsBeingDeletedCannotBePinned() {
        save(2, 100, 200, 300);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> service.pins().pin("demo", "sampler-1", new PinRequest(100, Duration.ofSeconds(30))))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.RETIRING));
        assertThat(storage.list("runs/demo/pins/")).isEmpty();
    }

    @Test
    void aReaderThatIsRefusedKeepsWhatItHeld() {
        save(3, 100, 200, 300);
        service.pins().pin("demo", "sampler-1", new PinRequest(100, Duration.ofSeconds(30)));
        ObjectStorage outrun = new ForwardingObjectStorage(storage) {
            @Override
            public void put(String key, byte[] content) {
                storage.overwrite("runs/demo/retired/200.json", Examples.bytes("{}"));
                super.put(key, content);
            }
        };

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new TestingService(outrun)
                        .pins()
                        .pin("demo", "sampler-1", new PinRequest(200, Duration.ofSeconds(30))));
        assertThat(service.pins().steps("demo")).containsExactly(100L);
    }

    @Test
    void aPinThatCannotBeReadHoldsNothing() {
        save(2, 100, 200);
        storage.overwrite("runs/demo/pins/sampler-1.json", Examples.bytes("{"));

        assertThat(service.pins().steps("demo")).isEmpty();
    }

    @Test
    void whatAnAliasPointsAtIsNotRetired() {
        save(2, 100, 200);
        service.mover().move("demo", "production", new AliasRequest(100, null, null));

        saveNext(300);
        saveNext(400);

        assertThat(service.manager().status("demo").steps()).containsExactly(100L, 300L, 400L);
        assertThat(summary(100).aliases()).containsExactly("production");
    }

    @Test
    void whatAnAliasWouldBeRolledBackToIsNotRetired() {
        save(2, 100, 200);
        service.mover().move("demo", "production", new AliasRequest(100, null, null));
        service.mover().move("demo", "production", new AliasRequest(200, null, null));

        saveNext(300);
        saveNext(400);

        assertThat(service.manager().status("demo").steps()).containsExactly(100L, 200L, 300L, 400L);
    }

    @Test
    void anAliasThatCannotBeReadLetsNothingBeDeleted() {
        save(2, 100, 200);
        storage.overwrite("runs/demo/aliases/production/1.json", Examples.bytes("{"));

        saveNext(300);

        assertThat(service.manager().status("demo").steps()).containsExactly(100L, 200L, 300L);
    }

    @Test
    void theNewestStaysWhateverWasIntended() {
        save(2, 100, 200, 300);
        storage.overwrite("runs/demo/checkpoints/200.json", Examples.bytes("rotten"));
        storage.overwrite("runs/demo/checkpoints/300.json", Examples.bytes("rotten"));

        storage.advance(PAST_GRACE);
        service.retention().retain("demo");

        assertThat(service.manager().latest("demo")).isEqualTo(saved.get(0));
        assertThat(storage.keys()).contains("runs/demo/checkpoints/100.json");
    }

    @Test
    void whatWasHeldBeforeTheIntentIsDeletedOnceItIsFree() {
        save(2, 100, 200, 300);
        byte[] pin = Json.write(new Pin("demo", "sampler-1", 100, Duration.ofSeconds(30)));
        storage.overwrite("runs/demo/pins/sampler-1.json", pin);

        storage.advance(PAST_GRACE);
        service.retention().retain("demo");
        assertThat(storage.keys()).contains("runs/demo/checkpoints/100.json");

        storage.advance(Duration.ofSeconds(30));
        service.retention().retain("demo");
        assertThat(storage.keys()).doesNotContain("runs/demo/checkpoints/100.json");
    }

    @Test
    void anIntentIsWithdrawnWhereSomebodyWasQuickerToTakeHold() {
        save(2, 100, 200);
        ObjectStorage outrun = new ForwardingObjectStorage(storage) {
            @Override
            <T> T change(String key, Supplier<T> change) {
                if (key.equals("runs/demo/retired/100.json")
                        && storage.list(key).isEmpty()) {
                    service.pins().pin("demo", "sampler-1", new PinRequest(100, Duration.ofSeconds(30)));
                }
                return change.get();
            }
        };
        Manifest third = service.upload(Examples.manifest("demo", 300, saved.get(1), 1));

        new TestingService(outrun, GRACE, Runnable::run, () -> 0).manager().save(third);

        assertThat(service.manager().status("demo").steps()).containsExactly(100L, 200L, 300L);
    }

    @Test
    void whatIsHeldIsNotDeletedOnRequest() {
        save(9, 100, 200, 300, 400);
        service.pins().pin("demo", "sampler-1", new PinRequest(100, Duration.ofSeconds(30)));
        service.mover().move("demo", "production", new AliasRequest(200, null, null));

        notDeleted(100, Problem.CHECKPOINT_HELD)
                .withMessage("Checkpoint demo/100 is pinned by a reader; wait until it ends");
        notDeleted(200, Problem.CHECKPOINT_HELD)
                .withMessage("Checkpoint demo/200 is what alias production points at, or would be rolled back to;"
                        + " move the alias first");
        notDeleted(400, Problem.NEWEST_CHECKPOINT);
        notDeleted(500, Problem.NO_CHECKPOINT);
        assertThat(service.manager().status("demo").steps()).containsExactly(100L, 200L, 300L, 400L);
    }

    @Test
    void whatIsDeletedOnRequestIsNotDeletedTwice() {
        save(9, 100, 200);
        service.manager().delete(id(100));

        notDeleted(100, Problem.RETIRING).withMessage("Checkpoint demo/100 is being deleted already");
    }

    @Test
    void theNextCheckpointFollowsTheNewestWhileOthersAreBeingDeleted() {
        save(1, 100, 200, 300, 400);

        assertThat(saved.get(3).parentStep()).isEqualTo(300);
        assertThat(service.manager().status("demo").steps()).containsExactly(400L);
    }

    private TestingService service() {
        return service(storage);
    }

    private static TestingService service(ObjectStorage storage) {
        return new TestingService(storage, GRACE, Runnable::run, () -> 0);
    }

    private void save(int maxToKeep, long... steps) {
        service.manager().claim(Examples.claim("demo", maxToKeep));
        for (long step : steps) {
            saveNext(step);
        }
    }

    private void saveNext(long step) {
        Manifest parent = saved.isEmpty() ? null : saved.get(saved.size() - 1);
        Manifest manifest = Examples.manifest("demo", step, parent, 1);
        service.save(manifest);
        saved.add(manifest);
    }

    private List<String> blobs(int index) {
        return saved.get(index).blobs().stream()
                .map(Blob::sha256)
                .map(BucketLayout::blob)
                .toList();
    }

    private CheckpointSummary summary(long step) {
        return service.manager().summaries("demo").stream()
                .filter(summary -> summary.step() == step)
                .findFirst()
                .orElseThrow();
    }

    private ThrowableAssertAlternative<RefusedException> notDeleted(long step, Problem problem) {
        return assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> service.manager().delete(id(step)))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private static CheckpointId id(long step) {
        return new CheckpointId("demo", step);
    }

    /** Changes a byte of an object's second reading: the first one is for the list. */
    private static final class MisreadObjectStorage extends ForwardingObjectStorage {
        private final String misread;
        private int readings;

        MisreadObjectStorage(ObjectStorage storage, String misread) {
            super(storage);
            this.misread = misread;
        }

        @Override
        public <T> Optional<T> get(String key, Reading<T> reading) {
            return super.get(key, content -> {
                byte[] bytes = content.readAllBytes();
                if (key.equals(misread) && ++readings == 2) {
                    bytes[bytes.length / 2] ^= 1;
                }
                return reading.read(new ByteArrayInputStream(bytes));
            });
        }
    }
}
