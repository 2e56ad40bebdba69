package dev.vaestream.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointOptionsTest {
    /** Recorded with Orbax 0.12.8. Where Orbax deletes the newest checkpoint, it is kept here. */
    @ParameterizedTest
    @MethodSource("recorded")
    void whatOrbaxKeepsIsKeptAndTheNewest(JsonNode recorded) {
        CheckpointSimulation simulation = replay(recorded);

        TreeSet<Long> expected = new TreeSet<>(longs(recorded.get("all_steps")));
        expected.add(Collections.max(longs(recorded.get("saved"))));
        assertThat(simulation.allSteps()).containsExactlyElementsOf(expected);
    }

    /** Where the newest has another step than in Orbax, {@code should_save} differs with it. */
    @ParameterizedTest
    @MethodSource("recorded")
    void shouldSaveIsOrbaxs(JsonNode recorded) {
        CheckpointSimulation simulation = replay(recorded);

        long newest = Collections.max(longs(recorded.get("saved")));
        recorded.get("should_save_after").properties().forEach(after -> {
            long step = Long.parseLong(after.getKey());
            assertThat(simulation.shouldSave(step))
                    .as("step %d", step)
                    .isEqualTo(step > newest && after.getValue().booleanValue());
        });
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void theBestStepByAMetricIsOrbaxs(JsonNode recorded) {
        CheckpointSimulation simulation = replay(recorded);

        assertThat(simulation.best())
                .isEqualTo(
                        recorded.get("losses").isNull()
                                ? null
                                : (Long) recorded.get("best_step").longValue());
    }

    @Test
    void anIntervalOfTimeIsKeptAcrossARestart() {
        CheckpointSimulation simulation =
                simulation("{\"saveIntervalSteps\": 1, \"maxToKeep\": 2, \"keepTimeInterval\": \"PT3H\"}");

        assertThat(simulation.saveEach(0, 9).allSteps()).containsExactly(0L, 3L, 6L, 8L, 9L);
        assertThat(simulation.saveEach(10, 19).allSteps()).containsExactly(0L, 3L, 6L, 9L, 12L, 15L, 18L, 19L);
    }

    @Test
    void aPeriodAndATimeAreBothKeptWhereNoneOfTheNewestIs() {
        CheckpointSimulation simulation = simulation(
                "{\"saveIntervalSteps\": 1, \"maxToKeep\": 0, \"keepPeriod\": 3, \"keepTimeInterval\": \"PT5H\"}");

        // Orbax has [0, 3, 5, 6]: the newest is kept here.
        assertThat(simulation.saveEach(0, 8).allSteps()).containsExactly(0L, 3L, 5L, 6L, 8L);
    }

    @Test
    void theBestAndAnIntervalOfTimeAreBothKept() {
        CheckpointSimulation simulation = simulation("{\"saveIntervalSteps\": 1, \"maxToKeep\": 3, \"bestMetric\": "
                + "\"loss\", \"bestMode\": \"min\", \"keepTimeInterval\": \"PT3H\"}");

        assertThat(simulation
                        .saveEach(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0)
                        .allSteps())
                .containsExactly(0L, 1L, 2L, 3L, 6L, 9L);
    }

    @Test
    void theMostOfAMetricCanBeTheBest() {
        CheckpointSimulation simulation = simulation(
                "{\"saveIntervalSteps\": 1, \"maxToKeep\": 2, \"bestMetric\": \"loss\", \"bestMode\": \"max\"}");

        // Orbax has [1, 5]: the newest is kept here.
        assertThat(simulation
                        .saveEach(30.0, 85.0, 70.0, 80.0, 60.0, 100.0, 40.0, 45.0, 75.0, 75.0)
                        .allSteps())
                .containsExactly(1L, 5L, 9L);
    }

    @Test
    void theBestIsKeptBesideTheNewestWithoutBeingAskedFor() {
        CheckpointSimulation simulation = simulation("{\"saveIntervalSteps\": 1, \"maxToKeep\": 2}");

        assertThat(simulation.saveEach(5.0, 1.0, 4.0, 3.0, 2.0).allSteps()).containsExactly(1L, 3L, 4L);
    }

    @Test
    void checkpointsWithoutTheMetricAreKept() {
        CheckpointSimulation simulation =
                simulation("{\"saveIntervalSteps\": 1, \"maxToKeep\": 2, \"bestMetric\": \"loss\"}");

        assertThat(simulation.saveEach(0, 4).allSteps()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(simulation.best()).isNull();
    }

    @Test
    void stepsThatAreNamedAreSavedBesideTheFirst() {
        CheckpointSimulation simulation =
                simulation("{\"saveIntervalSteps\": 10000, \"saveOnSteps\": [1, 3, 5], \"maxToKeep\": 9}");

        assertThat(simulation.saveEach(0, 7).allSteps()).containsExactly(0L, 1L, 3L, 5L);
    }

    @Test
    void aTrainerThatHasToStopSaves() {
        CheckpointSimulation simulation = simulation("{\"saveIntervalSteps\": 4, \"maxToKeep\": 9}");

        simulation.saveEach(0, 1).preempt(2);

        assertThat(simulation.saveEach(3, 9).allSteps()).containsExactly(0L, 2L, 4L, 8L);
    }

    @Test
    void aPolicyDecidesAloneWhenToSave() {
        String policy = "{\"fixedInterval\": 3}, {\"specificSteps\": [4]}, {\"fixedInterval\": 5}";

        assertThat(simulation("{\"saveDecisionPolicy\": {\"anyOf\": [%s]}, \"maxToKeep\": 9}".formatted(policy))
                        .saveEach(1, 10)
                        .allSteps())
                .containsExactly(3L, 4L, 5L, 6L, 9L, 10L);
        assertThat(simulation("{\"saveDecisionPolicy\": {\"anyOf\": [%s, {\"initialSave\": {}}]}, \"maxToKeep\": 9}"
                                .formatted(policy))
                        .saveEach(1, 10)
                        .allSteps())
                .containsExactly(1L, 3L, 4L, 5L, 6L, 9L, 10L);
    }

    @Test
    void policiesOfWhatIsKeptAddUp() {
        CheckpointSimulation simulation = simulation("{\"saveIntervalSteps\": 1, \"preservationPolicy\": {\"anyOf\": ["
                + "{\"bestN\": {\"n\": 2, \"metric\": \"loss\", \"mode\": \"min\"}}, "
                + "{\"everyNSteps\": {\"interval\": 4}}, {\"customSteps\": [0, 3]}]}}");

        assertThat(simulation
                        .saveEach(5.0, 2.0, 4.0, 3.0, 7.0, 10.0, 11.0, 9.0, 8.0, 6.0, 12.0, 1.0)
                        .allSteps())
                .containsExactly(0L, 1L, 3L, 4L, 8L, 11L);
    }

    @Test
    void everyNStepsTakesTheNextOneWhereItNeedNotBeExact() {
        PreservationPolicy all = new PreservationPolicy.EveryNSteps(3, false, null);
        PreservationPolicy newest = new PreservationPolicy.EveryNSteps(3, false, 3);
        List<CheckpointInfo> checkpoints = Stream.of(0, 1, 2, 4, 5, 8, 9, 13, 14, 25)
                .map(step -> new CheckpointInfo(step, java.time.Instant.EPOCH, java.util.Map.of()))
                .toList();

        assertThat(all.preserve(checkpoints)).containsExactlyInAnyOrder(0L, 4L, 8L, 13L, 25L);
        assertThat(newest.preserve(checkpoints)).containsExactlyInAnyOrder(8L, 13L, 25L);
    }

    @Test
    void aBestOfOneKeepsThoseWithoutAMetricBeside() {
        CheckpointSimulation simulation = simulation(
                "{\"saveIntervalSteps\": 1, \"preservationPolicy\": {\"bestN\": {\"n\": 1, \"metric\": \"loss\"}}}");

        // Orbax has [1, 2, 3]: the newest is kept here.
        assertThat(simulation.saveEach(7.0, null, 4.0, null, 5.0).allSteps()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void everythingIsKeptWhereAPolicySaysSo() {
        CheckpointSimulation simulation =
                simulation("{\"saveIntervalSteps\": 1, \"preservationPolicy\": {\"preserveAll\": {}}}");

        assertThat(simulation.saveEach(0, 9).allSteps()).hasSize(10);
    }

    @RepeatedTest(200)
    void neitherTheNewestNorTheBestNorFewerThanAskedAreEverDeleted(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int maxToKeep = random.nextInt(6);
        CheckpointSimulation simulation = new CheckpointSimulation(CheckpointOptions.of(1, maxToKeep));
        List<Double> losses = new ArrayList<>();
        int count = 1 + random.nextInt(30);

        for (int step = 0; step < count; step++) {
            losses.add((double) random.nextInt(10));
            simulation.force(step, losses.get(step));
        }

        double best = Collections.min(losses);
        assertThat(simulation.allSteps())
                .as("maxToKeep %d, losses %s", maxToKeep, losses)
                .contains(count - 1L, (long) losses.lastIndexOf(best))
                .hasSizeGreaterThanOrEqualTo(Math.min(maxToKeep, count))
                .containsAll(IntStream.range(Math.max(0, count - maxToKeep), count)
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> options("{\"maxToKeep\": 4, \"preservationPolicy\": {\"latestN\": 2}}"))
                .hasMessage(
                        "Field maxToKeep: is given beside a preservationPolicy, which decides alone; leave one out");
        assertThatThrownBy(() -> options("{\"saveOnSteps\": [4], \"saveDecisionPolicy\": {\"fixedInterval\": 2}}"))
                .hasMessage(
                        "Field saveOnSteps: is given beside a saveDecisionPolicy, which decides alone; leave one out");
        assertThatThrownBy(() -> options("{\"bestMode\": \"max\"}"))
                .hasMessage("Field bestMode: says nothing without a bestMetric; name one or leave it out");
    }

    @Test
    void aWrongPolicyIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> options("{\"preservationPolicy\": {\"anyOf\": [{\"newestN\": 2}]}}"))
                .hasMessage("Field preservationPolicy[0]: 'newestN' is not known; it must be one of "
                        + "preserveAll, latestN, bestN, everyNSteps, everyNSeconds, customSteps, anyOf");
        assertThatThrownBy(() -> options("{\"preservationPolicy\": {\"everyNSteps\": {\"interval\": 0}}}"))
                .hasMessage("Field preservationPolicy.interval: is 0; it must be at least 1");
        assertThatThrownBy(() -> options("{\"maxToKeep\": -1}"))
                .hasMessage("Field maxToKeep: is -1; it must be at least 0");
        assertThatThrownBy(() -> options("{\"keepPeriod\": 0}"))
                .hasMessage("Field keepPeriod: is 0; it must be at least 1");
        assertThatThrownBy(() -> options("{\"keepTimeInterval\": \"3h\"}"))
                .hasMessage("Field keepTimeInterval: is '3h'; it must be a time span as PT3H or P1DT12H");
        assertThatThrownBy(() -> options("{\"bestMetric\": \"accuracy\"}"))
                .hasMessageContaining("it must be one of loss, mse, kl, evaluation.loss");
    }

    @Test
    void everyOptionIsReadAsItWasWritten() {
        CheckpointOptions options = options("{\"saveDecisionPolicy\": {\"anyOf\": [{\"fixedInterval\": 3}, "
                + "{\"specificSteps\": [9, 4]}, {\"initialSave\": {}}, {\"preemption\": {}}]}, \"bestMetric\": \"kl\", "
                + "\"preservationPolicy\": {\"anyOf\": [{\"latestN\": 2}, {\"bestN\": {\"n\": 1}}, {\"preserveAll\": "
                + "{}}, {\"everyNSteps\": {\"interval\": 5}}, {\"everyNSeconds\": 60}, {\"customSteps\": [1]}]}}");

        assertThat(Json.read(Json.write(options), CheckpointOptions.class)).isEqualTo(options);
    }

    static Stream<JsonNode> recorded() throws IOException {
        try (InputStream file = CheckpointOptionsTest.class.getResourceAsStream("/retention.json")) {
            return StreamSupport.stream(
                    Json.mapper().readTree(file).get("cases").spliterator(), false);
        }
    }

    private static CheckpointSimulation replay(JsonNode recorded) {
        JsonNode given = recorded.get("options");
        CheckpointSimulation simulation = new CheckpointSimulation(CheckpointOptions.of(
                given.path("save_interval_steps").asLong(1),
                null,
                given.path("max_to_keep").asInt(1000),
                given.has("keep_period") ? given.get("keep_period").longValue() : null,
                null,
                recorded.get("best").isNull() ? null : CheckpointMetric.LOSS,
                null,
                null,
                null,
                null));
        List<Long> forced = longs(recorded.get("force"));
        List<Long> steps = longs(recorded.get("steps"));
        for (int i = 0; i < steps.size(); i++) {
            Double loss = recorded.get("losses").isNull()
                    ? null
                    : recorded.get("losses").get(i).doubleValue();
            if (forced.contains(steps.get(i))) {
                simulation.force(steps.get(i), loss);
            } else {
                assertThat(simulation.save(steps.get(i), loss))
                        .as("saves %d", steps.get(i))
                        .isEqualTo(longs(recorded.get("saved")).contains(steps.get(i)));
            }
        }
        return simulation;
    }

    private static CheckpointSimulation simulation(String json) {
        return new CheckpointSimulation(options(json));
    }

    private static CheckpointOptions options(String json) {
        return Json.read(json.getBytes(UTF_8), CheckpointOptions.class);
    }

    private static List<Long> longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::longValue)
                .toList();
    }
}
