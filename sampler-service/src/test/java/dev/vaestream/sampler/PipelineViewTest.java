package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.StreamStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PipelineViewTest {
    private static final Condition DOWN = Condition.down("does not answer");

    private final RunBoard board = new RunBoard(10, 10);

    @Test
    void whatIsPublishedAndNotTakenYetWaits() {
        assertThat(view(1_000, 300).kafka(Condition.UP).waiting()).isEqualTo(700);
    }

    @Test
    void whatHasBeenTakenIsNoLongerCountedWhereIngestIsBehind() {
        assertThat(view(100, 300).kafka(Condition.UP).waiting()).isZero();
    }

    @Test
    void whatTheRunIsNotToTakeDoesNotWait() {
        assertThat(view(40_000, 37_400).kafka(Condition.UP).waiting()).isEqualTo(100);
    }

    @Test
    void withoutIngestNobodyKnowsWhatWaits() {
        PipelineView view = new PipelineView("demo", summary(300), Optional.empty(), Optional.empty());

        assertThat(view.kafka(Condition.UP).waiting()).isNull();
        assertThat(view.ingest(DOWN).condition()).isEqualTo(DOWN);
    }

    @Test
    void withoutKafkaStorageSaysHowFarItIs() {
        RunStatus status = new RunStatus(
                Fixtures.goldenRun("demo"), List.of(500L), Fixtures.manifest("demo", 500, Fixtures.tinyParams(1)));
        PipelineView view = new PipelineView("demo", Optional.empty(), Optional.empty(), Optional.of(status));

        assertThat(view.trainer(Condition.UP).consumed()).isEqualTo(500);
        assertThat(view.trainer(Condition.UP).steps()).isEqualTo(37_500);
        assertThat(view.streamName()).isEqualTo("mnist");
    }

    @Test
    void aPublisherThatStandsStillIsInTroubleThoughItIsUp() {
        StreamStatus stuck = new StreamStatus(Fixtures.mnist(), "batches.mnist", 5, "the disk is full");
        PipelineView view = new PipelineView("demo", summary(1), Optional.of(stuck), Optional.empty());

        assertThat(view.ingest(Condition.UP).condition())
                .isEqualTo(new Condition(Condition.State.TROUBLED, List.of("the disk is full")));
    }

    @Test
    void aRunThatFailedSaysWhy() {
        board.become(new RunEvent("demo", RunEvent.State.FAILED, 5, "the spec is odd", null, Fixtures.NOON));
        PipelineView view = new PipelineView("demo", board.summary("demo"), Optional.empty(), Optional.empty());

        assertThat(view.trainer(Condition.UP).condition().problems())
                .containsExactly("run demo failed: the spec is odd");
    }

    @Test
    void whereNothingIsKnownNothingIsSaid() {
        PipelineView view = new PipelineView(null, Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(view.trainer(Condition.UP).consumed()).isNull();
        assertThat(view.checkpoint(Condition.UP).step()).isNull();
        assertThat(PipelineView.sampler(FollowerState.STARTING, null)
                        .condition()
                        .state())
                .isEqualTo(Condition.State.TROUBLED);
    }

    private PipelineView view(long published, long consumed) {
        return new PipelineView(
                "demo",
                summary(consumed),
                Optional.of(new StreamStatus(Fixtures.mnist(), "batches.mnist", published)),
                Optional.empty());
    }

    private Optional<RunSummary> summary(long consumed) {
        board.ask(new RunRequest("demo", Fixtures.goldenRun("demo").spec()));
        board.add(Fixtures.window("demo", consumed));
        return board.summary("demo");
    }
}
