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
    void oneDnnIsOnByItselfWhereTheProcessorIsMadeForNeuralNetworks() {
        assertThat(Numerics.oneDnn(Set.of("avx2", "avx512f", "avx512_vnni"), null))
                .isTrue();
        assertThat(Numerics.oneDnn(Set.of("avx2", "avx_vnni"), null)).isTrue();
        assertThat(Numerics.oneDnn(Set.of("avx2", "avx512f"), null)).isFalse();
        assertThat(Numerics.oneDnn(Set.of("asimd"), null)).isFalse();
    }

    @Test
    void aSettingDecidesOverOneDnn() {
        assertThat(Numerics.oneDnn(Set.of("avx512_vnni"), "0")).isFalse();
        assertThat(Numerics.oneDnn(Set.of("avx512_vnni"), "False")).isFalse();
        assertThat(Numerics.oneDnn(Set.of("avx2"), "1")).isTrue();
        assertThat(Numerics.oneDnn(Set.of("avx2"), "TRUE")).isTrue();
    }

    @Test
    void aSettingThatTensorFlowDoesNotKnowDecidesNothing() {
        assertThat(Numerics.oneDnn(Set.of("avx2"), "yes")).isFalse();
        assertThat(Numerics.oneDnn(Set.of("avx512_vnni"), "")).isTrue();
    }
}
