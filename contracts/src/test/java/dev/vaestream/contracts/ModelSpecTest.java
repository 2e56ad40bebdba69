package dev.vaestream.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelSpecTest {
    @Test
    void theTutorialsModelHas491920Parameters() {
        assertThat(ModelSpec.DEFAULT.parameters()).isEqualTo(491_920);
    }

    @Test
    void theLastDecoderLayerMakesThePixels() {
        assertThat(ModelSpec.DEFAULT.pixels()).isEqualTo(28 * 28);
    }

    @Test
    void aModelThatNoMachineHoldsIsRefused() {
        assertThatThrownBy(() -> new ModelSpec(32, List.of(1 << 20, 1 << 20), List.of(784), 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("the model has \\d+ parameters; it must have at most 8000000");
    }

    @Test
    void aLayerWithoutFeaturesIsRefused() {
        assertThatThrownBy(() -> new ModelSpec(32, List.of(0), List.of(784), 10))
                .hasMessage("encoder[0] is 0; it must be 1 to 1048576");
    }
}
