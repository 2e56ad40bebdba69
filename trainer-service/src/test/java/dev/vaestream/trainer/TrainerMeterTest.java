package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrainerMeterTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private long now = 7;
    private final TrainerMeter meter = new TrainerMeter(registry, () -> now);

    @Test
    void aCheckpointIsAsOldAsItsCommit() {
        meter.begin(() -> 0);
        pass(30);
        meter.committed();
        pass(12);

        assertThat(gauge("vaestream.trainer.checkpoint.age")).isEqualTo(12);
    }

    @Test
    void beforeTheFirstCommitTheTrainingIsWhatIsOld() {
        meter.begin(() -> 0);
        pass(30);

        assertThat(gauge("vaestream.trainer.checkpoint.age")).isEqualTo(30);
    }

    @Test
    void theRateIsThatOfTheLastHundredSteps() {
        meter.begin(() -> 0);
        for (int step = 0; step < 150; step++) {
            now += TimeUnit.MILLISECONDS.toNanos(4);
            meter.stepped(1);
        }

        assertThat(gauge("vaestream.trainer.rate")).isEqualTo(250);
    }

    @Test
    void nothingIsSaidOfARunThatHasEnded() {
        meter.begin(() -> 0);
        meter.lag(5);
        meter.headroom(3);
        meter.end();

        assertThat(gauge("vaestream.trainer.checkpoint.age")).isNaN();
        assertThat(gauge("vaestream.trainer.lag")).isNaN();
        assertThat(gauge("vaestream.trainer.headroom")).isNaN();
        assertThat(gauge("vaestream.trainer.rate")).isZero();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private void pass(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }
}
