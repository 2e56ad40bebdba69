package dev.vaestream.learning.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DevicesTest {
    @Test
    void aProcessorIsAlwaysThere() {
        assertThat(Devices.types()).contains("CPU");
    }

    @Test
    void onlyTheProcessorIsLeftWhereNothingElseIsAllowed() {
        assertThat(Sessions.config(Placement.CPU).getDeviceCountMap()).containsEntry("GPU", 0);
        assertThat(Sessions.config(Placement.ANY).getDeviceCountMap()).isEmpty();
    }
}
