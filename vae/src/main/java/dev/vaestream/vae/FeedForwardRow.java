package dev.vaestream.vae;

import dev.vaestream.contracts.StoredArray;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Dense layers for one row at a time, each followed by ReLU, the last one too. Immutable. */
final class FeedForwardRow {
    private final List<DenseRow> layers;

    private FeedForwardRow(List<DenseRow> layers) {
        this.layers = List.copyOf(layers);
    }

    /**
     * Takes the parameters of the layers {@code Dense_0}, {@code Dense_1}, … of {@code path}.
     *
     * @param in size of what the first layer gets
     * @param dimensions output sizes
     * @throws IllegalArgumentException where they are missing or have another shape; the message names the parameter
     */
    static FeedForwardRow of(SortedMap<String, StoredArray> params, String path, int in, List<Integer> dimensions) {
        List<DenseRow> layers = new ArrayList<>();
        int features = in;
        for (int i = 0; i < dimensions.size(); i++) {
            DenseRow layer = DenseRow.of(params, path + ".Dense_" + i, features, dimensions.get(i));
            layers.add(layer);
            features = layer.features();
        }
        return new FeedForwardRow(layers);
    }

    /** x: (in) → (dimensions.last). */
    float[] apply(float[] x) {
        float[] y = x;
        for (DenseRow layer : layers) {
            y = rectified(layer.apply(y));
        }
        return y;
    }

    private static float[] rectified(float[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.max(0f, x[i]);
        }
        return x;
    }
}
