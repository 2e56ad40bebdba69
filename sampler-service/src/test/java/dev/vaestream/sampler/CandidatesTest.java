package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private final Set<Checkpoint> heldBack = new HashSet<>();

    @Test
    void noRunsAreNoCandidate() {
        assertThat(next(null)).isEmpty();
    }

    @Test
    void aRunWithoutCheckpointsIsNoCandidate() {
        assertThat(next(null, new RunStatus(Fixtures.tinyRun("demo"), List.of(), null)))
                .isEmpty();
    }

    @Test
    void theNewestOfAllRunsComesFirst() {
        assertThat(next(null, status("a", 500), status("b", 700), status("c", 600)))
                .contains(Fixtures.tinyCheckpoint("b", 700));
    }

    @Test
    void aReplayComesOnlyWhereThereIsNothingElse() {
        RunStatus replay = replayed("replay-a-0-900", 900);

        assertThat(next(null, status("a", 500), replay)).contains(Fixtures.tinyCheckpoint("a", 500));
        assertThat(next(null, replay)).map(Checkpoint::name).contains("replay-a-0-900/900");
    }

    @Test
    void aForkIsARunLikeAnother() {
        assertThat(next(null, status("a", 500), replayed("b", 900)))
                .map(Checkpoint::name)
                .contains("b/900");
    }

    private static RunStatus replayed(String run, long step) {
        return new RunStatus(
                Fixtures.forked(run), List.of(step), Fixtures.manifest(run, step, Fixtures.tinyParams((float) step)));
    }

    @Test
    void whatIsServedDoesNotComeAgain() {
        assertThat(next(Fixtures.tinyCheckpoint("a", 500), status("a", 500))).isEmpty();
    }

    @Test
    void anOlderOneOfAnotherRunDoesNotCome() {
        assertThat(next(Fixtures.tinyCheckpoint("a", 500), status("b", 400))).isEmpty();
    }

    @Test
    void withinARunTheStepDecidesWhateverTheClocksSay() {
        Instant wrong = Fixtures.NOON.minusSeconds(3600);
        Manifest late = Fixtures.manifest("a", 1000, Fixtures.tinyParams(1), wrong);
        RunStatus run = new RunStatus(Fixtures.tinyRun("a"), List.of(500L, 1000L), late);

        assertThat(next(Fixtures.tinyCheckpoint("a", 500), run, status("b", 100)))
                .map(Checkpoint::name)
                .contains("a/1000");
    }

    @Test
    void aRunOfTheSameNameAndAnotherIdentityIsAnotherRun() {
        RunIdentity other = Fixtures.identity("a", Fixtures.TINY, new ImageShape(3, 2));
        Manifest manifest = Fixtures.manifest("a", 100, Fixtures.tinyParams(1), Fixtures.NOON.plusSeconds(9000));

        assertThat(next(Fixtures.tinyCheckpoint("a", 500), new RunStatus(other, List.of(100L), manifest)))
                .map(Checkpoint::name)
                .contains("a/100");
    }

    @Test
    void oneThatIsHeldBackGivesWayToTheOneBeforeIt() {
        heldBack.add(Fixtures.tinyCheckpoint("a", 900));
        heldBack.add(Fixtures.tinyCheckpoint("a", 800));

        assertThat(next(null, status("a", 600, 700, 800, 900))).contains(Fixtures.tinyCheckpoint("a", 700));
    }

    @Test
    void oneThatIsHeldBackDoesNotBringBackWhatIsOlderThanTheServedOne() {
        heldBack.add(Fixtures.tinyCheckpoint("a", 900));

        assertThat(next(Fixtures.tinyCheckpoint("a", 800), status("a", 700, 800, 900)))
                .isEmpty();
    }

    @Test
    void aManifestThatIsGoneIsPassedOver() {
        heldBack.add(Fixtures.tinyCheckpoint("a", 900));
        Candidates candidates = new Candidates((run, step) -> Optional.empty(), heldBack::contains);

        assertThat(candidates.next(new Runs(List.of(status("a", 800, 900)), List.of()), null))
                .isEmpty();
    }

    private Optional<Checkpoint> next(@Nullable Checkpoint served, RunStatus... runs) {
        return new Candidates(CandidatesTest::stored, heldBack::contains)
                .next(new Runs(Arrays.asList(runs), List.of()), served);
    }

    private static Optional<Manifest> stored(String run, long step) {
        return Optional.of(Fixtures.tinyCheckpoint(run, step).manifest());
    }

    private static RunStatus status(String run, long... steps) {
        return new RunStatus(
                Fixtures.tinyRun(run),
                Arrays.stream(steps).boxed().toList(),
                Fixtures.tinyCheckpoint(run, steps[steps.length - 1]).manifest());
    }
}
