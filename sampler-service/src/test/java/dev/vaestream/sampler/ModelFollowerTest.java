package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Manifest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelFollowerTest {
    private static final byte[] DARK = Fixtures.tinyParams(0);
    private static final byte[] BRIGHT = Fixtures.tinyParams(1);

    private final FakeCheckpointService service = new FakeCheckpointService();
    private final SettableClock clock = new SettableClock();
    private final CurrentModel current = new CurrentModel();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void tearDown() {
        service.close();
        current.close();
    }

    @Test
    void beforeTheFirstLookTheReasonIsThatThereWasNone() {
        assertThat(follower(Optional.empty()).state().reason())
                .isEqualTo("the checkpoint service has not been asked yet");
    }

    @Test
    void withoutCheckpointsThereIsNoModel() {
        ModelFollower follower = refreshed();

        assertThat(current.lease()).isEmpty();
        assertThat(follower.state().reason()).isEqualTo("none has been committed yet");
    }

    @Test
    void theNewestOfAllRunsIsServed() {
        service.commit(Fixtures.tinyRun("old"), 500, DARK);
        service.commit(Fixtures.tinyRun("new"), 900, BRIGHT);

        refreshed();

        assertThat(served()).isEqualTo("new/900");
    }

    @Test
    void aNewerOneTakesOver() {
        service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        ModelFollower follower = refreshed();
        service.commit(Fixtures.tinyRun("demo"), 1000, BRIGHT);

        follower.refresh();

        assertThat(served()).isEqualTo("demo/1000");
        assertThat(registry.counter("vaestream.sampler.checkpoints.loaded").count())
                .isEqualTo(2);
        assertThat(registry.get("vaestream.sampler.step").gauge().value()).isEqualTo(1000);
    }

    @Test
    void theServedOneIsFetchedOnce() {
        service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        ModelFollower follower = refreshed();

        follower.refresh();

        assertThat(service.requests())
                .filteredOn(FakeCheckpointService.blobPath(DARK)::equals)
                .hasSize(1);
    }

    @Test
    void onlyTheConfiguredRunIsFollowed() {
        service.commit(Fixtures.tinyRun("mine"), 500, DARK);
        service.commit(Fixtures.tinyRun("other"), 900, BRIGHT);

        follower(Optional.of("mine")).refresh();

        assertThat(served()).isEqualTo("mine/500");
    }

    @Test
    void aBadCheckpointNeverReplacesAGoodOne() {
        service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        ModelFollower follower = refreshed();
        service.commit(Fixtures.tinyRun("demo"), 1000, BRIGHT);
        service.answer(FakeCheckpointService.blobPath(BRIGHT), 200, DARK);

        follower.refresh();

        assertThat(served()).isEqualTo("demo/500");
        assertThat(follower.state().rejections())
                .singleElement()
                .asString()
                .startsWith("demo/1000: blob params.safetensors has ");
        assertThat(registry.counter("vaestream.sampler.checkpoints.rejected", "reason", "blob")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aBadCheckpointIsNotFetchedAgainBeforeItsTime() {
        service.commit(Fixtures.tinyRun("demo"), 1000, BRIGHT);
        service.answer(FakeCheckpointService.blobPath(BRIGHT), 200, DARK);
        ModelFollower follower = refreshed();

        follower.refresh();

        assertThat(service.requests())
                .filteredOn(FakeCheckpointService.blobPath(BRIGHT)::equals)
                .hasSize(1);
    }

    @Test
    void aCheckpointWhoseBytesWereDamagedOnTheWayIsServedLater() {
        service.commit(Fixtures.tinyRun("demo"), 1000, BRIGHT);
        service.answer(FakeCheckpointService.blobPath(BRIGHT), 200, DARK);
        ModelFollower follower = refreshed();
        service.heal(FakeCheckpointService.blobPath(BRIGHT));
        clock.advance(Duration.ofMinutes(1));

        follower.refresh();

        assertThat(served()).isEqualTo("demo/1000");
        assertThat(follower.state().rejections()).isEmpty();
    }

    @Test
    void theOneBeforeABadOneIsServedWhereThereIsNone() {
        service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        service.commit(Fixtures.tinyRun("demo"), 1000, new byte[] {1});

        refreshed();

        assertThat(served()).isEqualTo("demo/500");
    }

    @Test
    void whereEveryOneIsBadTheReasonNamesIt() {
        service.commit(Fixtures.tinyRun("demo"), 1000, new byte[] {1});

        ModelFollower follower = refreshed();

        assertThat(current.lease()).isEmpty();
        assertThat(follower.state().reason())
                .isEqualTo("checkpoint demo/1000: A safetensors file has at least 8 bytes, not 1");
    }

    @Test
    void aBadOneThatIsGoneIsForgotten() {
        service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        service.commit(Fixtures.tinyRun("demo"), 1000, new byte[] {1});
        ModelFollower follower = refreshed();
        service.retire("demo", 1000);

        follower.refresh();

        assertThat(follower.state().rejections()).isEmpty();
    }

    @Test
    void aBadOneThatIsOlderThanTheServedOneNoLongerMatters() {
        service.commit(Fixtures.tinyRun("demo"), 500, new byte[] {1});
        ModelFollower follower = refreshed();
        service.commit(Fixtures.tinyRun("demo"), 1000, BRIGHT);

        follower.refresh();

        assertThat(follower.state().rejections()).isEmpty();
    }

    @Test
    void aServiceThatIsAwayChangesNothingButTheState() {
        service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        ModelFollower follower = refreshed();
        service.answer("/v1/runs", 503, new byte[0]);

        follower.refresh();

        assertThat(served()).isEqualTo("demo/500");
        assertThat(follower.state().trouble()).endsWith("/v1/runs answered 503");
    }

    @Test
    void aServiceThatComesBackIsFollowedAgain() {
        service.answer("/v1/runs", 503, new byte[0]);
        Manifest manifest = service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        ModelFollower follower = refreshed();
        service.heal("/v1/runs");

        follower.refresh();

        assertThat(served()).isEqualTo("demo/" + manifest.step());
        assertThat(follower.state().trouble()).isNull();
    }

    @Test
    void aDecoderThatCannotBeLinkedIsToldAndTriedAgain() {
        service.commit(Fixtures.tinyRun("demo"), 500, DARK);
        ModelFollower follower = follower(Optional.empty(), (model, params) -> {
            throw new UnsatisfiedLinkError("no native library");
        });

        follower.refresh();

        assertThat(follower.state().reason()).isEqualTo("an unexpected failure, see the log");
    }

    private ModelFollower refreshed() {
        ModelFollower follower = follower(Optional.empty());
        follower.refresh();
        return follower;
    }

    private ModelFollower follower(Optional<String> run) {
        return follower(run, FakeDecoder::load);
    }

    private ModelFollower follower(Optional<String> run, ImageDecoder.Factory decoders) {
        CheckpointClient client =
                new CheckpointClient(new HttpCalls(Duration.ofSeconds(5), Duration.ofSeconds(10), 16), service.uri());
        return new ModelFollower(
                client,
                run,
                new ModelLoader(client, decoders, 1 << 20, clock),
                current,
                new Rejections(clock, Duration.ofMinutes(1)),
                new SamplerMetrics(registry));
    }

    private String served() {
        try (Lease lease = current.lease().orElseThrow()) {
            return lease.model().checkpoint().name();
        }
    }
}
