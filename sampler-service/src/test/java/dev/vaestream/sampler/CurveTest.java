package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.MetricsEvent;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurveTest {
    private static final int CAPACITY = 8;

    private final Curve<MetricsEvent.Window> curve = new Curve<>(CAPACITY);

    @Test
    void whatFitsIsKeptWhole() {
        assertThat(steps(8)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void beyondThatEverySecondOneGoes() {
        assertThat(steps(11)).containsExactly(1L, 3L, 5L, 7L, 9L, 11L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 9, 16, 17, 100, 1_000, 1_023, 4_097})
    void itIsBoundedAndEvenlySpacedFromTheFirstToTheNewest(int events) {
        List<Long> steps = steps(events);

        assertThat(steps).hasSizeLessThanOrEqualTo(CAPACITY + 1).startsWith(1L).endsWith((long) events);
        assertThat(LongStream.range(1, steps.size() - 1L)
                        .map(i -> steps.get((int) i) - steps.get((int) i - 1))
                        .distinct()
                        .count())
                .isLessThanOrEqualTo(1);
    }

    @Test
    void whatIsSentAgainIsNotNew() {
        boolean first = curve.add(Fixtures.window("run", 100));
        boolean second = curve.add(Fixtures.window("run", 100));

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(curve.events()).hasSize(1);
    }

    private List<Long> steps(int events) {
        LongStream.rangeClosed(1, events).forEach(step -> curve.add(Fixtures.window("run", step)));
        return curve.events().stream().map(MetricsEvent.Window::step).toList();
    }
}
