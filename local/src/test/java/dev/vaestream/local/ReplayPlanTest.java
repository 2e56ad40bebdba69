package dev.vaestream.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.ForkedFrom;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayPlanTest {
    private static final ReplayPlan PLAN = new ReplayPlan("demo", 500, 1_500);

    @Test
    void theNameSaysWhatIsReplayed() {
        assertThat(PLAN.name()).isEqualTo("replay-demo-500-1500");
    }

    @Test
    void everyRunsReplayHasANameThatARunMayHave() {
        String longest = "a".repeat(63);
        ReplayPlan plan = new ReplayPlan(longest, 999_999_999_999_999_998L, 999_999_999_999_999_999L);

        assertThat(plan.name()).matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
        assertThat(plan.name()).isNotEqualTo(new ReplayPlan("b" + longest.substring(1), plan.from(), plan.to()).name());
    }

    @ParameterizedTest
    @CsvSource({"500, 500", "1000, 500"})
    void aReplayGoesForward(long from, long to) {
        assertThatThrownBy(() -> new ReplayPlan("demo", from, to))
                .isInstanceOf(UsageException.class)
                .hasMessage("--from is %d and --to is %d; --from must be the lower one", from, to);
    }

    @Test
    void whatDecidesTheWeightsIsTheRuns() {
        RunSpec spec = spec("{'stream': 'mnist', 'steps': 2000, 'firstSequence': 7, 'klWeight': 0.25, 'seed': 3,"
                + " 'optimizer': {'adam': {'learningRate': 0.001}}, 'logEvery': 50, 'device': 'cpu'}");

        RunSpec replay = PLAN.request(null, spec).spec();

        assertThat(replay)
                .usingRecursiveComparison()
                .ignoringFields("steps", "checkpoints", "forkedFrom")
                .isEqualTo(spec);
    }

    @Test
    void itBeginsWithTheOneCheckpointAndEndsAtTheOther() {
        RunRequest request = PLAN.request(null, RunSpec.defaults("mnist", 2_000));

        assertThat(request.run()).isEqualTo("replay-demo-500-1500");
        assertThat(request.spec().forkedFrom()).isEqualTo(new ForkedFrom("demo", 500));
        assertThat(request.spec().steps()).isEqualTo(1_500);
    }

    @Test
    void onTheWayNothingIsSaved() {
        RunSpec replay = PLAN.request(null, RunSpec.defaults("mnist", 2_000)).spec();

        assertThat(LongStream.range(501, 1_500)
                        .filter(step -> replay.checkpoints().shouldSave(step, OptionalLong.of(500), false)))
                .isEmpty();
    }

    @Test
    void aRunThatBeganWithAnothersCheckpointIsReplayedFromItsOwn() {
        assertThat(PLAN.request(null, spec("{'stream': 'mnist', 'initializeFrom': {'run': 'first', 'step': 5}}"))
                        .spec()
                        .initializeFrom())
                .isNull();
        assertThat(PLAN.request(null, spec("{'stream': 'mnist', 'forkedFrom': {'run': 'first', 'step': 5}}"))
                        .spec()
                        .forkedFrom())
                .isEqualTo(new ForkedFrom("demo", 500));
    }

    @Test
    void aNameThatARunMayNotHaveIsAUsageError() {
        assertThatThrownBy(() -> PLAN.request("Again", RunSpec.defaults("mnist", 2_000)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("run is 'Again'");
    }

    private static RunSpec spec(String json) {
        return Json.read(json.replace('\'', '"').getBytes(UTF_8), RunSpec.class);
    }
}
