package dev.vaestream.learning.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Compiled;
import dev.vaestream.learning.tracing.Operands;
import dev.vaestream.learning.tracing.ShapeDtype;
import dev.vaestream.learning.tracing.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Against values that Optax 0.2.8 computed. */
class SchedulesTest {
    private static final JsonNode GOLDEN = golden();
    private static final Map<String, Schedule> SCHEDULES = schedules();

    @ParameterizedTest
    @MethodSource("names")
    void theHostsValuesAreOptaxs(String name) {
        for (int i = 0; i < GOLDEN.get("steps").size(); i++) {
            long step = GOLDEN.get("steps").get(i).longValue();
            assertThat(SCHEDULES.get(name).at(step)).as("at %d", step).isCloseTo(expected(name, i), within(name, i));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theGraphsValuesAreOptaxs(String name) {
        Schedule schedule = SCHEDULES.get(name);
        try (Compiled jit = Compiled.trace(
                Tree.leaf(ShapeDtype.ints(Shape.scalar())),
                (tf, count) -> Tree.leaf(schedule.at(tf, Operands.ints(count.value()))))) {
            for (int i = 0; i < GOLDEN.get("steps").size(); i++) {
                int step = GOLDEN.get("steps").get(i).intValue();
                assertThat(call(jit, step)).as("at %d", step).isCloseTo(expected(name, i), within(name, i));
            }
        }
    }

    static Stream<String> names() {
        return SCHEDULES.keySet().stream();
    }

    @Test
    void everyScheduleOfTheFileIsTried() {
        TreeSet<String> names = new TreeSet<>();
        GOLDEN.get("values").fieldNames().forEachRemaining(names::add);
        assertThat(new TreeSet<>(SCHEDULES.keySet())).isEqualTo(names);
    }

    @Test
    void aDecayWithoutStepsIsRefused() {
        assertThatThrownBy(() -> Schedules.cosineDecay(1, 0, 0, 1)).hasMessage("decaySteps is 0; it must be positive");
    }

    @Test
    void aDecayThatIsAllWarmUpIsRefused() {
        assertThatThrownBy(() -> Schedules.warmupCosineDecay(0, 1, 100, 100, 0))
                .hasMessage("decaySteps is 100 and warmupSteps 100; it counts the warm-up's, and must be more");
    }

    @Test
    void aTransitionWithoutStepsStaysWhereItBegan() {
        assertThat(Schedules.linear(3, 5, 0).at(100)).isEqualTo(3);
    }

    @Test
    void boundariesStandBetweenSchedules() {
        assertThatThrownBy(() -> Schedules.joinSchedules(List.of(Schedules.constant(1)), List.of(3)))
                .hasMessage("1 schedules need 0 boundaries, not 1");
    }

    private static Map<String, Schedule> schedules() {
        Map<String, Schedule> schedules = new TreeMap<>();
        schedules.put("linear_schedule(1e-3, 1e-5, 10000)", Schedules.linear(1e-3, 1e-5, 10_000));
        schedules.put(
                "join_schedules([linear(1e-6,1e-2,1000), linear(1e-2,1e-5,9000)], [1000])",
                Schedules.joinSchedules(
                        List.of(Schedules.linear(1e-6, 1e-2, 1000), Schedules.linear(1e-2, 1e-5, 9000)),
                        List.of(1000)));
        schedules.put("constant_schedule(3e-4)", Schedules.constant(3e-4));
        schedules.put("cosine_decay_schedule(1e-3, 5000, alpha=0.1)", Schedules.cosineDecay(1e-3, 5000, 0.1, 1));
        schedules.put(
                "warmup_cosine_decay_schedule(0, 1e-3, 500, 5000, 1e-5)",
                Schedules.warmupCosineDecay(0, 1e-3, 500, 5000, 1e-5));
        schedules.put("exponential_decay(1e-2, 1000, 0.5)", Schedules.exponentialDecay(1e-2, 1000, 0.5));
        schedules.put(
                "exponential_decay(1e-2, 1000, 0.5, staircase=True, transition_begin=200)",
                Schedules.exponentialDecay(1e-2, 1000, 0.5, 200, true, OptionalDouble.empty()));
        schedules.put(
                "piecewise_constant_schedule(1e-2, {1000: 0.5, 4000: 0.1})",
                Schedules.piecewiseConstant(1e-2, new TreeMap<>(Map.of(1000, 0.5, 4000, 0.1))));
        schedules.put(
                "polynomial_schedule(1e-2, 1e-4, power=2, 3000, transition_begin=100)",
                Schedules.polynomial(1e-2, 1e-4, 2, 3000, 100));
        schedules.put(
                "warmup_exponential_decay_schedule(0, 1e-2, 100, 1000, 0.5)",
                Schedules.warmupExponentialDecay(0, 1e-2, 100, 1000, 0.5));
        return schedules;
    }

    private static double call(Compiled jit, int step) {
        return ((Array.Floats)
                        jit.call(Tree.leaf(Array.of(Shape.scalar(), step))).value())
                .values()[0];
    }

    private static double expected(String name, int i) {
        return GOLDEN.get("values").get(name).get(i).doubleValue();
    }

    /** Optax computes in single precision, and near its end a decay is the difference of larger numbers. */
    private static org.assertj.core.data.Offset<Double> within(String name, int i) {
        return offset(Math.max(2e-9, 2e-6 * expected(name, i)));
    }

    private static JsonNode golden() {
        try (InputStream in = Objects.requireNonNull(SchedulesTest.class.getResourceAsStream("/schedules.json"))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
