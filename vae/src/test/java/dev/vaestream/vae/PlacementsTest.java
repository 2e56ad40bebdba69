package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.Device;
import dev.vaestream.learning.tracing.Placement;
import org.junit.jupiter.api.Test;

class PlacementsTest {
    @Test
    void aRunThatAsksForNothingTakesWhatIsThere() {
        assertThat(Placements.of(null, true)).isEqualTo(Placement.ANY);
        assertThat(Placements.name(Placement.ANY, true)).isEqualTo("gpu");
        assertThat(Placements.name(Placement.ANY, false)).isEqualTo("cpu");
    }

    @Test
    void aRunForTheProcessorLeavesTheGpuAlone() {
        assertThat(Placements.of(Device.CPU, true)).isEqualTo(Placement.CPU);
        assertThat(Placements.name(Placement.CPU, true)).isEqualTo("cpu");
    }

    @Test
    void aRunForAGpuNeedsOne() {
        assertThat(Placements.of(Device.GPU, true)).isEqualTo(Placement.ANY);
        assertThatThrownBy(() -> Placements.of(Device.GPU, false))
                .isInstanceOf(MissingDeviceException.class)
                .hasMessageContaining("-Pgpu");
    }
}
