package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.vaestream.contracts.AliasGuard;
import dev.vaestream.contracts.AliasGuard.Better;
import dev.vaestream.contracts.AliasGuard.SameCanary;
import dev.vaestream.contracts.AliasMove;
import dev.vaestream.contracts.AliasRequest;
import dev.vaestream.contracts.AliasRollback;
import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Canary;
import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.CheckpointEvent.Change;
import dev.vaestream.contracts.CheckpointMetric;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AliasMoverTest {
    private static final AliasGuard BETTER = new Better(CheckpointMetric.LOSS);
    private static final Sha256 CANARY = Sha256.of(Examples.bytes("an image"));

    private final InMemoryObjectStorage storage = new InMemoryObjectStorage();
    private final TestingService service = new TestingService(storage);
    private final List<Manifest> saved = new ArrayList<>();

    /** Losses 20, 15, 17 and none at steps 100, 200, 300 and 400; step 300 has a canary. */
    @BeforeEach
    void save() {
        service.manager().claim(Examples.claim("demo", 9));
        Losses[] losses = {new Losses(20, 1, 1), new Losses(15, 1, 1), new Losses(17, 1, 1), null};
        for (int i = 0; i < losses.length; i++) {
            long step = 100L * (i + 1);
            List<Blob> blobs = List.of(
                    Blob.of(Blob.PARAMS, Examples.params("demo", step)),
                    Blob.of(Blob.OPTIMIZER, Examples.optimizer("demo", step)));
            Manifest parent = saved.isEmpty() ? null : saved.get(saved.size() - 1);
            Manifest plain = Examples.manifest("demo", step, parent, 1, losses[i], blobs);
            Manifest manifest = step == 300 ? plain.with(new Canary(0, 0, CANARY), null) : plain;
            service.save(manifest);
            saved.add(manifest);
        }
        service.events().clear();
    }

    @Test
    void theFirstMoveIsStored() {
        AliasMove move = move(200, null);

        assertThat(move)
                .isEqualTo(new AliasMove(
                        "demo", "production", 1, 200, saved.get(1).digest(), null, null, "because", Examples.NOW));
        assertThat(storage.keys()).contains("runs/demo/aliases/production/1.json");
        assertThat(current()).isEqualTo(move);
    }

    @Test
    void everyMoveIsKept() {
        move(200, null);
        move(300, null);
        move(100, null);

        assertThat(service.aliases().history("demo", "production"))
                .extracting(AliasMove::number, AliasMove::previousStep, AliasMove::step)
                .containsExactly(tuple(1L, null, 200L), tuple(2L, 200L, 300L), tuple(3L, 300L, 100L));
    }

    @Test
    void theTenthMoveComesAfterTheNinth() {
        for (int i = 0; i < 10; i++) {
            move(i % 2 == 0 ? 100 : 200, null);
        }

        assertThat(current().number()).isEqualTo(10);
    }

    @Test
    void anAliasThatPointsThereAlreadyIsNotMoved() {
        move(200, null);

        assertThat(service.mover()
                        .move("demo", "production", new AliasRequest(200, null, null))
                        .changed())
                .isFalse();
        assertThat(current().number()).isEqualTo(1);
    }

    @Test
    void aMoveIsTold() {
        move(200, null);

        assertThat(service.events())
                .containsExactly(new CheckpointEvent(
                        "demo",
                        200,
                        Change.ALIAS_MOVED,
                        "production",
                        saved.get(1).digest(),
                        Examples.NOW));
    }

    @Test
    void aGuardLetsTheBetterOneThrough() {
        move(100, null);

        move(200, BETTER);

        assertThat(current().step()).isEqualTo(200);
        assertThat(current().guard()).isEqualTo(BETTER);
    }

    @Test
    void aGuardKeepsTheWorseOneOut() {
        move(200, null);

        refused(300, BETTER, Problem.GUARD_FAILED)
                .withMessage(
                        "Alias production of run demo stays at step 200: its loss is 15.0, that of step 300 is 17.0");
        assertThat(current().step()).isEqualTo(200);
    }

    @Test
    void aNewAliasHasNothingToBeBetterThan() {
        assertThat(move(400, BETTER).step()).isEqualTo(400);
    }

    @Test
    void whatHasNoNumberIsNotBetter() {
        move(200, null);

        refused(400, BETTER, Problem.GUARD_FAILED);
    }

    @Test
    void aGuardLetsTheCheckpointWithItsCanaryThrough() {
        assertThat(move(300, new SameCanary(CANARY)).step()).isEqualTo(300);
    }

    @Test
    void aGuardKeepsAnotherCanaryOutOfANewAliasToo() {
        Sha256 other = Sha256.of(Examples.bytes("another image"));

        refused(300, new SameCanary(other), Problem.GUARD_FAILED)
                .withMessage("Alias production of run demo is not pointed at step 300: its canary is %s, not %s"
                        .formatted(CANARY, other));
    }

    @Test
    void whatHasNoCanaryIsKeptOut() {
        refused(200, new SameCanary(CANARY), Problem.GUARD_FAILED).withMessageContaining("its canary is unknown");
    }

    @Test
    void aGuardIsAskedWhereTheAliasPointsAlready() {
        move(300, null);
        Sha256 other = Sha256.of(Examples.bytes("another image"));

        refused(300, new SameCanary(other), Problem.GUARD_FAILED);
    }

    @Test
    void nothingIsBetterThanACheckpointThatIsLost() {
        move(200, null);
        storage.delete("runs/demo/checkpoints/200.json");

        refused(300, BETTER, Problem.GUARD_FAILED).withMessageContaining("its loss is unknown");
    }

    @Test
    void aMoveStaysAMoveWhereItsPinCannotBeTakenAway() {
        ObjectStorage lasting = new ForwardingObjectStorage(storage) {
            @Override
            public void delete(String key) {
                if (key.contains("/pins/")) {
                    throw new StorageUnavailableException("no answer");
                }
                super.delete(key);
            }
        };

        AliasMove move = new TestingService(lasting)
                .mover()
                .move("demo", "production", new AliasRequest(200, null, null))
                .move();

        assertThat(current()).isEqualTo(move);
    }

    @Test
    void aCheckpointThatIsNotThereIsRefused() {
        refused(250, null, Problem.NO_CHECKPOINT);
        assertThat(service.aliases().list("demo")).isEmpty();
    }

    @Test
    void aCheckpointThatIsBeingDeletedIsRefused() {
        storage.overwrite("runs/demo/retired/200.json", Examples.bytes("{}"));

        refused(200, null, Problem.RETIRING);
    }

    @Test
    void aRollbackIsANewMoveToTheCheckpointBefore() {
        move(100, null);
        move(200, null);

        service.mover().rollback("demo", "production", new AliasRollback("slow"));

        assertThat(current())
                .isEqualTo(new AliasMove(
                        "demo", "production", 3, 100, saved.get(0).digest(), 200L, null, "slow", Examples.NOW));
    }

    @Test
    void anAliasWithoutAPastCannotBeRolledBack() {
        move(100, null);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> service.mover().rollback("demo", "production", new AliasRollback(null)))
                .withMessage("Alias production of run demo has pointed at step 100 from the beginning")
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.NO_PREVIOUS));
    }

    @Test
    void noAliasCannotBeRolledBack() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> service.mover().rollback("demo", "production", new AliasRollback(null)))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.NO_ALIAS));
    }

    @Test
    void noPinIsLeftOfAMove() {
        move(200, null);

        assertThat(storage.list("runs/demo/pins/")).isEmpty();
    }

    @Test
    void ofManyMoversEachTakesANumberOfItsOwn() throws Exception {
        int movers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(movers);
        try {
            CyclicBarrier start = new CyclicBarrier(movers);
            List<Future<AliasMove>> moves = new ArrayList<>();
            for (int mover = 0; mover < movers; mover++) {
                long step = mover % 2 == 0 ? 100 : 200;
                TestingService own = new TestingService(storage);
                moves.add(threads.submit(() -> {
                    start.await();
                    return own.mover()
                            .move("demo", "production", new AliasRequest(step, null, null))
                            .move();
                }));
            }
            for (Future<AliasMove> future : moves) {
                AliasMove move = future.get();
                assertThat(service.aliases().history("demo", "production")).contains(move);
            }
        } finally {
            threads.shutdownNow();
        }
        List<AliasMove> history = service.aliases().history("demo", "production");
        for (int i = 0; i < history.size(); i++) {
            assertThat(history.get(i).number()).isEqualTo(i + 1);
            assertThat(history.get(i).previousStep())
                    .isEqualTo(i == 0 ? null : (Long) history.get(i - 1).step());
        }
    }

    @Test
    void aGuardIsAskedAgainWhenAnotherMoverWasFaster() {
        move(100, null);
        ObjectStorage outrun = new InterruptedAliasStorage(storage, () -> move(200, null));
        TestingService other = new TestingService(outrun);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> other.mover().move("demo", "production", new AliasRequest(300, BETTER, null)))
                .withMessageContaining("its loss is 15.0, that of step 300 is 17.0");
        assertThat(current().step()).isEqualTo(200);
    }

    private AliasMove move(long step, @Nullable AliasGuard guard) {
        return service.mover()
                .move("demo", "production", new AliasRequest(step, guard, "because"))
                .move();
    }

    private AliasMove current() {
        return service.aliases().current("demo", "production").orElseThrow();
    }

    private ThrowableAssertAlternative<RefusedException> refused(
            long step, @Nullable AliasGuard guard, Problem problem) {
        return assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> move(step, guard))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }

    /** A store in which something happens just before the first move is created. */
    private static final class InterruptedAliasStorage extends ForwardingObjectStorage {
        private @Nullable Runnable interruption;

        InterruptedAliasStorage(ObjectStorage storage, Runnable interruption) {
            super(storage);
            this.interruption = interruption;
        }

        @Override
        public boolean createIfAbsent(String key, byte[] content) {
            Runnable first = interruption;
            if (first != null && key.contains("/aliases/")) {
                interruption = null;
                first.run();
            }
            return super.createIfAbsent(key, content);
        }
    }
}
