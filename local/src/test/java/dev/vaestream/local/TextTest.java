package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.MetricsEvent;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void aWindowIsTheTutorialsLine() {
        Losses losses = new Losses(49.439998626708984, 49.060447692871094, 0.7591156363487244);

        assertThat(Text.window(new MetricsEvent.Window("demo", 101, 0, 100, losses, 1e-4, 1, 9000)))
                .isEqualTo("epoch 0 | step 100 | loss: 49.4400 ~ mse: 49.0604. kl: 0.7591");
    }

    @Test
    void labelsAlign() {
        assertThat(Text.labelled("run", "demo")).isEqualTo("run       demo");
    }

    @Test
    void durationsAreRoundedToSeconds() {
        assertThat(Text.duration(Duration.ofMillis(61_499))).isEqualTo("1:01");
        assertThat(Text.duration(Duration.ofMillis(61_500))).isEqualTo("1:02");
    }

    @Test
    void anHourHasThreeParts() {
        assertThat(Text.duration(Duration.ofSeconds(3_725))).isEqualTo("1:02:05");
    }

    @Test
    void bytesHaveBinaryUnits() {
        assertThat(Text.bytes(512L << 20)).isEqualTo("512 MiB");
        assertThat(Text.bytes(1536L << 20)).isEqualTo("1.50 GiB");
    }

    @Test
    void epochsAreATable() {
        TreeMap<Integer, Losses> means = new TreeMap<>();
        means.put(0, new Losses(24.33586, 22.86031, 2.9511));
        means.put(10, new Losses(14, 11, 6));

        assertThat(Text.epochs(means))
                .containsExactly(
                        "epoch         loss       mse        kl",
                        "0          24.3359   22.8603    2.9511",
                        "10         14.0000   11.0000    6.0000");
    }

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        assertThat(Text.table(List.of(List.of("RUN", "STEP"), List.of("demo-2-epochs", "1"), List.of("a"))))
                .containsExactly("RUN            STEP", "demo-2-epochs  1", "a");
    }
}
