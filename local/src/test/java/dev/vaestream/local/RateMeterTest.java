package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateMeterTest {
    private final RateMeter meter = new RateMeter();

    @Test
    void onePointHasNoRate() {
        meter.add(at(0), 100);

        assertThat(meter.perSecond()).isZero();
    }

    @Test
    void theRateIsStepsOverTime() {
        meter.add(at(0), 100);
        meter.add(at(1_000), 400);
        meter.add(at(2_000), 1_100);

        assertThat(meter.perSecond()).isCloseTo(500, within(1e-9));
    }

    @Test
    void whatIsLongAgoDoesNotCount() {
        meter.add(at(0), 0);
        for (int second = 60; second <= 70; second++) {
            meter.add(at(second * 1_000L), (second - 60) * 200L);
        }

        assertThat(meter.perSecond()).isCloseTo(200, within(1e-9));
    }

    @Test
    void aResetForgets() {
        meter.add(at(0), 0);
        meter.add(at(1_000), 300);
        meter.reset();

        assertThat(meter.perSecond()).isZero();
    }

    @Test
    void pointsAtTheSameTimeHaveNoRate() {
        meter.add(at(5), 100);
        meter.add(at(5), 200);

        assertThat(meter.perSecond()).isZero();
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
