package dev.vaestream.learning.nn;

import dev.vaestream.learning.nn.VarianceScaling.Distribution;
import dev.vaestream.learning.nn.VarianceScaling.Mode;
import dev.vaestream.learning.random.PrngKey;
import java.util.Arrays;
import org.tensorflow.ndarray.Shape;

/** {@code flax.linen.initializers}, with Flax's names and defaults. */
public final class Initializers {
    private Initializers() {}

    /** Zeros: the default of Flax's biases. */
    public static Initializer zeros() {
        return new Constant(0);
    }

    /** Ones: the default of Flax's scales. */
    public static Initializer ones() {
        return new Constant(1);
    }

    /** The same value everywhere. */
    public static Initializer constant(double value) {
        return new Constant((float) value);
    }

    /** N(0, stddev²). */
    public static Initializer normal(double stddev) {
        return new Normal((float) stddev);
    }

    /** N(0, 1) cut to (-2, 2), times stddev. */
    public static Initializer truncatedNormal(double stddev) {
        return new TruncatedNormal((float) stddev);
    }

    /** From 0 to scale, without scale. */
    public static Initializer uniform(double scale) {
        return new Uniform((float) scale);
    }

    /**
     * Variance 1 / fan-in, cut at two standard deviations before: the default of Flax's kernels.
     *
     * @see <a href="http://yann.lecun.com/exdb/publis/pdf/lecun-98b.pdf">LeCun et al., Efficient BackProp</a>
     */
    public static Initializer lecunNormal() {
        return new VarianceScaling(1, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL);
    }

    /** Variance 1 / fan-in. */
    public static Initializer lecunUniform() {
        return new VarianceScaling(1, Mode.FAN_IN, Distribution.UNIFORM);
    }

    /**
     * Variance 2 / (fan-in + fan-out), cut; also called Xavier's.
     *
     * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio</a>
     */
    public static Initializer glorotNormal() {
        return new VarianceScaling(1, Mode.FAN_AVG, Distribution.TRUNCATED_NORMAL);
    }

    /** Variance 2 / (fan-in + fan-out). */
    public static Initializer glorotUniform() {
        return new VarianceScaling(1, Mode.FAN_AVG, Distribution.UNIFORM);
    }

    /**
     * Variance 2 / fan-in, cut; also called Kaiming's, for ReLU.
     *
     * @see <a href="https://arxiv.org/abs/1502.01852">He et al.</a>
     */
    public static Initializer heNormal() {
        return new VarianceScaling(2, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL);
    }

    /** Variance 2 / fan-in. */
    public static Initializer heUniform() {
        return new VarianceScaling(2, Mode.FAN_IN, Distribution.UNIFORM);
    }

    private static int size(Shape shape) {
        return Math.toIntExact(shape.size());
    }

    private record Constant(float value) implements Initializer {
        @Override
        public float[] init(PrngKey key, Shape shape) {
            float[] values = new float[size(shape)];
            Arrays.fill(values, value);
            return values;
        }

        @Override
        public String toString() {
            return "constant(" + value + ")";
        }
    }

    private record Normal(float stddev) implements Initializer {
        @Override
        public float[] init(PrngKey key, Shape shape) {
            return VarianceScaling.scaled(key.normal(size(shape)), stddev);
        }

        @Override
        public String toString() {
            return "normal(" + stddev + ")";
        }
    }

    private record TruncatedNormal(float stddev) implements Initializer {
        @Override
        public float[] init(PrngKey key, Shape shape) {
            return VarianceScaling.scaled(key.truncatedNormal(size(shape), -2, 2), stddev);
        }

        @Override
        public String toString() {
            return "truncatedNormal(" + stddev + ")";
        }
    }

    private record Uniform(float scale) implements Initializer {
        @Override
        public float[] init(PrngKey key, Shape shape) {
            return VarianceScaling.scaled(key.uniform(size(shape)), scale);
        }

        @Override
        public String toString() {
            return "uniform(" + scale + ")";
        }
    }
}
