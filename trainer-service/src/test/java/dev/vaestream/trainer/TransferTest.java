package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.InitializeFrom;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.vae.StoredState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TransferTest {
    private static final StoredArray ONE = StoredArray.of(List.of(2L), new float[] {1, 1});
    private static final StoredArray TWO = StoredArray.of(List.of(2L), new float[] {2, 2});
    private static final StoredArray LONG = StoredArray.of(List.of(3L), new float[3]);
    private static final StoredState DRAWN = new StoredState(
            new TreeMap<>(Map.of("a.kernel", ONE, "b.kernel", ONE)), new TreeMap<>(Map.of("count", ONE)));

    @Test
    void onlyWhatThePatternsMeanComesFromTheCheckpoint() {
        StoredState begun = Transfer.of(DRAWN, from("a.**"), Map.of("a.kernel", TWO, "b.kernel", TWO));

        assertThat(begun.params()).containsExactly(Map.entry("a.kernel", TWO), Map.entry("b.kernel", ONE));
    }

    @Test
    void theOptimizerStartsAnew() {
        assertThat(Transfer.of(DRAWN, from("a.**"), Map.of("a.kernel", TWO)).optimizer())
                .isEqualTo(DRAWN.optimizer());
    }

    @Test
    void aParameterThatTheCheckpointLacksFailsTheRun() {
        assertThatThrownBy(() -> Transfer.of(DRAWN, from("**"), Map.of("a.kernel", TWO)))
                .isInstanceOf(RunFailedException.class)
                .hasMessage("checkpoint demo/40 has no parameter 'b.kernel'; it has [a.kernel]");
    }

    @Test
    void aParameterOfAnotherShapeFailsTheRun() {
        assertThatThrownBy(() -> Transfer.of(DRAWN, from("a.**"), Map.of("a.kernel", LONG)))
                .isInstanceOf(RunFailedException.class)
                .hasMessage("parameter 'a.kernel' of checkpoint demo/40 is F32[3]; this model's is F32[2]");
    }

    private static InitializeFrom from(String... params) {
        return new InitializeFrom("demo", 40, List.of(params));
    }
}
