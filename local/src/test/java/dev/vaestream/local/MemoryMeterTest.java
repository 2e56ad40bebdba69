package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryMeterTest {
    @Test
    void pssIsInKibibytes() {
        assertThat(MemoryMeter.pss(List.of(
                        "55d2-7ffe ---p 00000000 00:00 0    [rollup]",
                        "Rss:              212872 kB",
                        "Pss:              202136 kB",
                        "Pss_Dirty:        192992 kB")))
                .hasValue(202_136L * 1024);
    }

    @Test
    void ofAProcessWithoutMemoryNothingIsKnown() {
        assertThat(MemoryMeter.pss(List.of())).isEmpty();
    }

    @Test
    void residentSetsAreAddedUp() {
        assertThat(MemoryMeter.sumOfKib("  1024\n 512\n\n")).isEqualTo(1536L * 1024);
    }

    @Test
    void thisProcessHasMemory() {
        MemoryMeter meter = new MemoryMeter();

        meter.measure(List.of(ProcessHandle.current().pid()));

        assertThat(meter.peak()).isBetween(1L << 20, 1L << 40);
    }

    @Test
    void thePeakStays() {
        MemoryMeter meter = new MemoryMeter();
        meter.measure(List.of(ProcessHandle.current().pid()));
        long peak = meter.peak();

        meter.measure(List.of());

        assertThat(meter.peak()).isEqualTo(peak);
    }
}
