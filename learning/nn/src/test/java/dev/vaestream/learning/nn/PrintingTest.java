package dev.vaestream.learning.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrintingTest {
    @Test
    void aModelPrintsItsSizesAndTheNamesOfItsFunctions() {
        assertThat(new FeedForward(List.of(4, 2, 1), Activation.RELU, true))
                .hasToString("FeedForward[dimensions=[4, 2, 1], activation=relu, dropLastActivation=true]");
    }

    @Test
    void aLayerPrintsItsInitializers() {
        assertThat(new Dense(2))
                .hasToString("Dense[features=2, useBias=true,"
                        + " kernelInit=varianceScaling(1.0, fan_in, truncated_normal), biasInit=constant(0.0)]");
    }

    @Test
    void everyActivationHasItsOwnName() {
        assertThat(List.of(
                        Activation.RELU,
                        Activation.TANH,
                        Activation.SIGMOID,
                        Activation.SOFTPLUS,
                        Activation.SILU,
                        Activation.ELU,
                        Activation.GELU))
                .extracting(Object::toString)
                .isEqualTo(List.of("relu", "tanh", "sigmoid", "softplus", "silu", "elu", "gelu"));
    }
}
