package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunBoardTest {
    private static final int MAX_RUNS = 2;

    private final RunBoard board = new RunBoard(MAX_RUNS, 100);
    private final List<String> heard = new ArrayList<>();

    @Test
    void aRunIsWhatItsTopicsSay() {
        board.define(Fixtures.mnist());
        board.ask(new RunRequest("demo", Fixtures.goldenRun("demo").spec()));
        board.become(new RunEvent("demo", RunEvent.State.STARTED, 0, null, null, Fixtures.NOON));
        board.add(Fixtures.window("demo", 300));

        RunSummary summary = board.summary("demo").orElseThrow();

        assertThat(summary.inWork()).isTrue();
        assertThat(summary.step()).isEqualTo(300);
        assertThat(summary.steps()).isEqualTo(37_500);
        assertThat(summary.batchSize()).isEqualTo(16);
        assertThat(summary.epochBatches()).isEqualTo(3_750);
    }

    @Test
    void theOneThatWasHeardOfLongestAgoGoesFirst() {
        board.add(Fixtures.window("first", 1));
        board.add(Fixtures.window("second", 1));
        board.add(Fixtures.window("first", 2));
        board.add(Fixtures.window("third", 1));

        assertThat(board.summaries().stream().map(RunSummary::run)).containsExactly("third", "first");
    }

    @Test
    void aFollowerGetsThePastAndThenEachEventOnce() {
        board.add(Fixtures.window("demo", 100));
        Runnable unused = board.follow("demo", heard::add);

        board.add(Fixtures.window("demo", 200));
        board.add(Fixtures.window("demo", 200));
        board.add(Fixtures.window("other", 300));

        assertThat(heard).hasSize(2);
        assertThat(json(0).at("/type").asText()).isEqualTo("history");
        assertThat(json(0).at("/windows/0/step").asLong()).isEqualTo(100);
        assertThat(json(1).at("/type").asText()).isEqualTo("window");
        assertThat(json(1).at("/step").asLong()).isEqualTo(200);
    }

    @Test
    void aRunThatIsYetToComeCanBeFollowed() {
        Runnable unused = board.follow("demo", heard::add);

        board.add(Fixtures.window("demo", 100));

        assertThat(json(0).at("/windows")).isEmpty();
        assertThat(json(1).at("/step").asLong()).isEqualTo(100);
    }

    @Test
    void whoHasLeftHearsNoMore() {
        board.follow("demo", heard::add).run();

        board.add(Fixtures.window("demo", 100));

        assertThat(heard).hasSize(1);
    }

    private JsonNode json(int index) {
        return Json.read(heard.get(index).getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
