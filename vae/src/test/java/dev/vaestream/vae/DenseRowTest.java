package dev.vaestream.vae;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.StoredArray;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseRowTest {
    private final Random random = new Random(7);

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 5", "4, 16", "9, 33", "64, 128", "257, 100"})
    void everySumIsOverTheInputsInTheirOrder(int in, int features) {
        float[] kernel = normal(in * features);
        float[] bias = normal(features);
        DenseRow layer = DenseRow.of(
                new TreeMap<>(Map.of(
                        "layer.kernel", StoredArray.of(List.of((long) in, (long) features), kernel),
                        "layer.bias", StoredArray.of(List.of((long) features), bias))),
                "layer",
                in,
                features);
        float[] x = withZeros(normal(in));

        float[] expected = new float[features];
        for (int j = 0; j < features; j++) {
            float sum = 0;
            for (int i = 0; i < in; i++) {
                sum += x[i] * kernel[i * features + j];
            }
            expected[j] = sum + bias[j];
        }
        assertThat(layer.apply(x)).isEqualTo(expected);
    }

    private float[] normal(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** As ReLU leaves them. */
    private float[] withZeros(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(0f, values[i]);
        }
        return values;
    }
}
