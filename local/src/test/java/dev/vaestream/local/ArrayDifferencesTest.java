package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.StoredArray;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrayDifferencesTest {
    @Test
    void equalArraysHaveNone() {
        assertThat(ArrayDifferences.of(Map.of("a", floats(1, Float.NaN)), Map.of("a", floats(1, Float.NaN))))
                .isEmpty();
    }

    @Test
    void theArrayIsNamedWithHowMuchOfItDiffers() {
        assertThat(ArrayDifferences.of(
                        Map.of("a", floats(1, 2, 3), "b", floats(0)), Map.of("a", floats(1, 2.5f, 2), "b", floats(0))))
                .containsExactly("a: 2 of 3 numbers differ, by 1.00 at most");
    }

    @Test
    void zerosOfTwoSignsDiffer() {
        assertThat(ArrayDifferences.of(Map.of("a", floats(0f)), Map.of("a", floats(-0f))))
                .containsExactly("a: 1 of 1 numbers differ, by 0.00 at most");
    }

    @Test
    void whatIsNoNumberIsSaidSo() {
        assertThat(ArrayDifferences.of(Map.of("a", floats(1, 5)), Map.of("a", floats(Float.NaN, 4))))
                .containsExactly("a: 2 of 2 numbers differ, by NaN at most");
    }

    @Test
    void integersAreCompared() {
        assertThat(ArrayDifferences.of(Map.of("count", ints(500, 1)), Map.of("count", ints(1_501, 1))))
                .containsExactly("count: 1 of 2 numbers differ, by 1,001 at most");
    }

    @Test
    void shapesAndMissingArraysAreNamed() {
        assertThat(ArrayDifferences.of(
                        Map.of("a", floats(1), "b", floats(1), "c", floats(1)),
                        Map.of("a", floats(1, 2), "b", ints(1), "d", ints(1))))
                .containsExactly(
                        "a: F32[1] stored, F32[2] replayed",
                        "b: F32[1] stored, I32[1] replayed",
                        "c: F32[1] stored, not replayed",
                        "d: not stored, I32[1] replayed");
    }

    private static StoredArray floats(float... values) {
        return StoredArray.of(List.of((long) values.length), values);
    }

    private static StoredArray ints(int... values) {
        return StoredArray.of(List.of((long) values.length), values);
    }
}
