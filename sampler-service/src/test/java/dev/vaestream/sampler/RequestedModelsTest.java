package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.Manifest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestedModelsTest {
    private static final byte[] DARK = Fixtures.tinyParams(0);
    private static final byte[] BRIGHT = Fixtures.tinyParams(1);

    private final FakeCheckpointService service = new FakeCheckpointService();
    private final CheckpointClient client =
            new CheckpointClient(new HttpCalls(Duration.ofSeconds(5), Duration.ofSeconds(10), 16), service.uri());
    private final SettableClock clock = new SettableClock();
    private final CurrentModel current = new CurrentModel();
    private final ModelCache cache = new ModelCache(2, Long.MAX_VALUE);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RequestedModels models = models(Duration.ofSeconds(10));

    @AfterEach
    void tearDown() {
        service.close();
        cache.close();
        current.close();
    }

    @Test
    void aStepIsLoadedOnce() {
        service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        leased("500");

        leased("500");

        assertThat(service.requests())
                .filteredOn(FakeCheckpointService.blobPath(DARK)::equals)
                .hasSize(1);
        assertThat(registry.counter("vaestream.sampler.checkpoints.requested").count())
                .isEqualTo(1);
    }

    @Test
    void aStepThatIsLoadedNeedsNoService() {
        service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        leased("500");
        service.close();

        assertThat(leased("500")).isEqualTo("demo/500");
    }

    @Test
    void theServedStepIsNotLoadedAgain() {
        Manifest manifest = service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        current.replace(new Model(
                new Checkpoint(Fixtures.tinyRun("demo"), manifest), new FakeDecoder(Fixtures.TINY, 0), Fixtures.NOON));

        assertThat(leased("500")).isEqualTo("demo/500");
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void anAliasIsWhereItPointsNow() {
        service.point("production", service.commit(Fixtures.tinyRun("demo"), 500, DARK));
        leased("production");
        service.point("production", service.commit(Fixtures.tinyRun("demo"), 1000, BRIGHT));

        assertThat(leased("production")).isEqualTo("demo/1000");
    }

    @Test
    void theBestIsTheServices() {
        Manifest best = service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        service.commit(Fixtures.tinyRun("demo"), 1000, BRIGHT);
        service.point("best", best);

        assertThat(leased("best")).isEqualTo("demo/500");
    }

    @Test
    void theLatestOfAnyRunIsItsNewest() {
        service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        service.commit(Fixtures.tinyRun("demo"), 1000, BRIGHT);

        assertThat(leased("latest")).isEqualTo("demo/1000");
    }

    @Test
    void aRunThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> leased("500"))
                .isInstanceOf(NoCheckpointException.class)
                .hasMessage("There is no run demo");
    }

    @Test
    void aCheckpointThatIsNotThereIsNamedWithThoseThatAre() {
        service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        service.commit(Fixtures.tinyRun("demo"), 1000, BRIGHT);

        assertThatThrownBy(() -> leased("700"))
                .isInstanceOf(NoCheckpointException.class)
                .hasMessage(
                        "There is no checkpoint demo/700; the run has latest, best, its aliases and the steps 500, 1000");
    }

    @Test
    void aBadCheckpointIsNamedWithWhatIsWrong() {
        service.commit(Fixtures.tinyRun("demo"), 500, new byte[] {1});

        assertThatThrownBy(() -> leased("500"))
                .isInstanceOf(UnfitCheckpointException.class)
                .hasMessage("Checkpoint demo/500 is not served: A safetensors file has at least 8 bytes, not 1");
        assertThat(registry.counter("vaestream.sampler.checkpoints.rejected", "reason", "params")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aBadCheckpointIsNotFetchedAgainBeforeItsTime() {
        service.commit(Fixtures.tinyRun("demo"), 500, BRIGHT);
        service.answer(FakeCheckpointService.blobPath(BRIGHT), 200, DARK);
        assertThatThrownBy(() -> leased("500")).isInstanceOf(UnfitCheckpointException.class);
        service.heal(FakeCheckpointService.blobPath(BRIGHT));

        assertThatThrownBy(() -> leased("500"))
                .isInstanceOf(UnfitCheckpointException.class)
                .hasMessageEndingWith("; it is tried again at 2026-11-01T12:01:00Z");
    }

    @Test
    void aCheckpointWhoseBytesWereDamagedOnTheWayIsLoadedLater() {
        service.commit(Fixtures.tinyRun("demo"), 500, BRIGHT);
        service.answer(FakeCheckpointService.blobPath(BRIGHT), 200, DARK);
        assertThatThrownBy(() -> leased("500")).isInstanceOf(UnfitCheckpointException.class);
        service.heal(FakeCheckpointService.blobPath(BRIGHT));
        clock.advance(Duration.ofMinutes(1));

        assertThat(leased("500")).isEqualTo("demo/500");
    }

    @Test
    void aManifestThatIsDamagedInStorageIsUnfitToo() {
        service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        service.answer("/v1/runs/demo/checkpoints/500", 500, new byte[0]);

        assertThatThrownBy(() -> leased("500"))
                .isInstanceOf(UnfitCheckpointException.class)
                .hasMessage("Checkpoint demo/500 cannot be read: it is damaged in storage");
    }

    @Test
    void aServiceThatIsAwayIsNoVerdict() {
        service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        service.answer("/v1/runs/demo/checkpoints/500", 503, new byte[0]);

        assertThatThrownBy(() -> leased("500")).isInstanceOf(CheckpointServiceException.class);
    }

    @Test
    void whoWaitsTooLongForOthersIsTurnedAway() throws Exception {
        RequestedModels impatient = models(Duration.ofMillis(1));
        service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        service.commit(Fixtures.tinyRun("demo"), 1000, BRIGHT);
        service.hang(FakeCheckpointService.blobPath(DARK));
        ExecutorService other = Executors.newSingleThreadExecutor();
        Future<?> hanging = other.submit(() -> impatient.lease("demo", new CheckpointReference("demo", "500")));
        Patience.await()
                .untilAsserted(() -> assertThat(service.requests()).contains(FakeCheckpointService.blobPath(DARK)));

        assertThatThrownBy(() -> impatient.lease("demo", new CheckpointReference("demo", "1000")))
                .isInstanceOf(BusyException.class)
                .hasMessageStartingWith("Checkpoint demo/1000 waits for others");

        service.close();
        assertThatThrownBy(hanging::get).hasCauseInstanceOf(CheckpointServiceException.class);
        other.shutdown();
    }

    @Test
    void whoeverAsksAtTheSameTimeGetsOneModel() throws Exception {
        service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        ExecutorService clients = Executors.newFixedThreadPool(4);
        List<Future<String>> leases = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            leases.add(clients.submit(() -> leased("500")));
        }

        for (Future<String> lease : leases) {
            assertThat(lease.get()).isEqualTo("demo/500");
        }
        clients.shutdown();
        assertThat(service.requests())
                .filteredOn(FakeCheckpointService.blobPath(DARK)::equals)
                .hasSize(1);
    }

    private String leased(String name) {
        try (Lease lease = models.lease("demo", new CheckpointReference("demo", name))) {
            return lease.model().checkpoint().name();
        }
    }

    private RequestedModels models(Duration maxWait) {
        return new RequestedModels(
                new CheckpointFinder(client),
                new ModelLoader(client, FakeDecoder::load, 1 << 20, clock),
                current,
                cache,
                new Rejections(clock, Duration.ofMinutes(1)),
                new SamplerMetrics(registry),
                maxWait);
    }
}
