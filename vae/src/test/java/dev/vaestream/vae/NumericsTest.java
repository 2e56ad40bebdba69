package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class NumericsTest {
    @Test
    void theWidestInstructionSetCounts() {
        assertThat(Numerics.instructionSet(Set.of("sse4_2", "avx", "avx2"))).isEqualTo("avx2");
    }

    @Test
    void aProcessorWithoutAnyIsBaseline() {
        assertThat(Numerics.instructionSet(Set.of("asimd"))).isEqualTo("baseline");
    }

    @Test
    void oneDnnIsOnByItselfOnX86Only() {
        assertThat(Numerics.oneDnn("amd64", null)).isTrue();
        assertThat(Numerics.oneDnn("aarch64", null)).isFalse();
    }

    @Test
    void aSettingDecidesOverOneDnn() {
        assertThat(Numerics.oneDnn("amd64", "0")).isFalse();
        assertThat(Numerics.oneDnn("aarch64", "1")).isTrue();
    }
}
