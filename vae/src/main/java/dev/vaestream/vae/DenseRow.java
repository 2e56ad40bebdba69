package dev.vaestream.vae;

import dev.vaestream.contracts.DType;
import dev.vaestream.contracts.StoredArray;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * A dense layer for one row at a time: x · kernel + bias. Each output is the sum over the inputs in their order, then the
 * bias, every step rounded to a float; Java fixes all of that, so the bits are the same on every machine.
 */
final class DenseRow {
    private static final int AT_ONCE = 4;

    private final float[][] kernel;
    private final float[] bias;

    private DenseRow(float[][] kernel, float[] bias) {
        this.kernel = kernel;
        this.bias = bias;
    }

    /**
     * Takes a layer's parameters, kernel (in, features) and bias (features).
     *
     * @param params as in a checkpoint's {@code params.safetensors}
     * @param path of the layer
     * @throws IllegalArgumentException where they are missing or have another shape; the message names the parameter
     */
    static DenseRow of(SortedMap<String, StoredArray> params, String path, int in, int features) {
        float[] flat = floats(params, path + ".kernel", List.of((long) in, (long) features));
        float[][] kernel = new float[in][];
        for (int i = 0; i < in; i++) {
            kernel[i] = Arrays.copyOfRange(flat, i * features, (i + 1) * features);
        }
        return new DenseRow(kernel, floats(params, path + ".bias", List.of((long) features)));
    }

    int features() {
        return bias.length;
    }

    /** x: (in) → (features). */
    float[] apply(float[] x) {
        float[] y = new float[bias.length];
        int[] inputs = nonZero(x);
        int done = 0;
        for (; done + AT_ONCE <= inputs.length; done += AT_ONCE) {
            addFour(x, inputs, done, y);
        }
        for (; done < inputs.length; done++) {
            addOne(x[inputs[done]], kernel[inputs[done]], y);
        }
        addOne(1, bias, y);
        return y;
    }

    /** What {@link #apply} gives for the one-hot vector of {@code label}. */
    float[] applyOneHot(int label) {
        float[] y = kernel[label].clone();
        addOne(1, bias, y);
        return y;
    }

    /** After ReLU about half the inputs are zero, and add nothing to any sum. */
    private static int[] nonZero(float[] x) {
        int[] places = new int[x.length];
        int count = 0;
        for (int i = 0; i < x.length; i++) {
            places[count] = i;
            if (x[i] != 0) {
                count++;
            }
        }
        return Arrays.copyOf(places, count);
    }

    /** The same as four times {@link #addOne}, with a fourth of its loads and stores. */
    private void addFour(float[] x, int[] inputs, int first, float[] y) {
        int i = inputs[first];
        int j = inputs[first + 1];
        int k = inputs[first + 2];
        int l = inputs[first + 3];
        addFour(x[i], kernel[i], x[j], kernel[j], x[k], kernel[k], x[l], kernel[l], y);
    }

    // C2 makes vector instructions of this loop only as long as its arrays and factors are plain parameters.
    private static void addFour(
            float a, float[] as, float b, float[] bs, float c, float[] cs, float d, float[] ds, float[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = (((y[i] + a * as[i]) + b * bs[i]) + c * cs[i]) + d * ds[i];
        }
    }

    private static void addOne(float factor, float[] values, float[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] += factor * values[i];
        }
    }

    private static float[] floats(SortedMap<String, StoredArray> params, String name, List<Long> shape) {
        StoredArray array = params.get(name);
        if (array == null) {
            throw new IllegalArgumentException("There is no array '%s'; there are %s".formatted(name, params.keySet()));
        }
        if (array.dtype() != DType.F32 || !array.shape().equals(shape)) {
            throw new IllegalArgumentException(
                    "%s is %s %s; the model needs F32 %s".formatted(name, array.dtype(), array.shape(), shape));
        }
        return array.floats();
    }
}
