package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.StoredArray;
import dev.vaestream.vae.StoredState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StateDifferenceTest {
    private static final StoredArray TWO = StoredArray.of(List.of(2L), new float[] {1, 1});
    private static final StoredArray OTHER_TWO = StoredArray.of(List.of(2L), new float[] {3, 4});
    private static final StoredArray THREE = StoredArray.of(List.of(3L), new float[3]);
    private static final StoredArray COUNT = StoredArray.of(List.of(), new int[] {7});

    @Test
    void equalTreesDoNotDifferWhateverTheyHold() {
        assertThat(StateDifference.between(
                        state(Map.of("w", TWO), Map.of("0.count", COUNT)),
                        state(Map.of("w", OTHER_TWO), Map.of("0.count", COUNT))))
                .isEmpty();
    }

    @Test
    void eachPathSaysWhatBothSidesHave() {
        List<String> differences = StateDifference.between(
                state(Map.of("a", TWO, "b", TWO), Map.of("0.count", COUNT, "0.trace.a", TWO)),
                state(Map.of("a", TWO, "b", THREE), Map.of("0.count", TWO, "0.mu.a", TWO)));

        assertThat(differences)
                .containsExactly(
                        "parameter 'b' is F32[2] in the checkpoint and F32[3] in the run",
                        "optimizer's '0.count' is I32[] in the checkpoint and F32[2] in the run",
                        "optimizer's '0.mu.a' is absent in the checkpoint and F32[2] in the run",
                        "optimizer's '0.trace.a' is F32[2] in the checkpoint and absent in the run");
    }

    @Test
    void ofManyOnlyTheFirstAreShown() {
        List<String> many = IntStream.range(0, 11).mapToObj(i -> "d" + i).toList();

        assertThat(StateDifference.text(many)).isEqualTo("d0; d1; d2; d3; d4; d5; d6; d7; and 3 more");
        assertThat(StateDifference.text(many.subList(0, 2))).isEqualTo("d0; d1");
    }

    private static StoredState state(Map<String, StoredArray> params, Map<String, StoredArray> optimizer) {
        return new StoredState(new TreeMap<>(params), new TreeMap<>(optimizer));
    }
}
