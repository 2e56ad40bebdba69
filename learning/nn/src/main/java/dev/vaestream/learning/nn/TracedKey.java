package dev.vaestream.learning.nn;

import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.random.Threefry;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceProd;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A key in a graph, whose two words may be an argument: so a traced function draws anew in each call. Its numbers are those
 * of a {@link PrngKey} with the same words, bit for bit.
 *
 * <p>Words are 32-bit integers, whose sums overflow as threefry's do.
 */
public final class TracedKey {
    private static final int PARITY = 0x1BD11BDA;
    private static final List<List<Integer>> ROTATIONS = List.of(List.of(13, 15, 26, 6), List.of(17, 29, 16, 24));
    private static final int EXPONENT_OF_ONE = 0x3f800000;
    private static final int MANTISSA_BITS = 23;

    private final Ops tf;
    private final Operand<TInt32> high;
    private final Operand<TInt32> low;
    private final Threefry mode;

    private TracedKey(Ops tf, Operand<TInt32> high, Operand<TInt32> low, Threefry mode) {
        this.tf = tf;
        this.high = high;
        this.low = low;
        this.mode = mode;
    }

    /** @param words (2), as {@link PrngKey#words} */
    static TracedKey of(Ops tf, Operand<TInt32> words, Threefry mode) {
        List<Operand<TInt32>> both = List.copyOf(tf.unstack(words, 2L).output());
        return new TracedKey(tf, both.get(0), both.get(1), mode);
    }

    /** The same numbers in each call. */
    static TracedKey of(Ops tf, PrngKey key) {
        return new TracedKey(tf, tf.constant(key.high()), tf.constant(key.low()), key.mode());
    }

    /** {@code jax.random.fold_in(key, data)}: the key for {@code data}, taken as unsigned. */
    public TracedKey foldIn(int data) {
        Lanes words = encrypt(tf.constant(0), tf.constant(data));
        return new TracedKey(tf, words.x0, words.x1, mode);
    }

    /**
     * {@code jax.random.bits(key, shape)}: words of 32 random bits, unsigned in JAX.
     *
     * @param shape a vector
     */
    public Operand<TInt32> bits(Operand<TInt32> shape) {
        ReduceProd<TInt32> n = tf.reduceProd(shape, tf.constant(0));
        return tf.reshape(mode == Threefry.PARTITIONABLE ? partitionable(n) : legacy(n), shape);
    }

    /**
     * {@code jax.random.uniform(key, shape)}: in [0, 1), 23 random bits as the mantissa of a float in [1, 2), less 1.
     *
     * @param shape a vector
     */
    public Operand<TFloat32> uniform(Operand<TInt32> shape) {
        Operand<TInt32> mantissa = shiftRight(bits(shape), Integer.SIZE - MANTISSA_BITS);
        Operand<TInt32> float32 = tf.bitwise.bitwiseOr(mantissa, tf.constant(EXPONENT_OF_ONE));
        return tf.math.sub(tf.bitcast(float32, TFloat32.class), tf.constant(1f));
    }

    /**
     * {@code jax.random.bernoulli(key, p, shape)}: true with probability {@code p}.
     *
     * @param shape a vector
     */
    public Operand<TBool> bernoulli(float p, Operand<TInt32> shape) {
        return tf.math.less(uniform(shape), tf.constant(p));
    }

    private Operand<TInt32> partitionable(Operand<TInt32> n) {
        Operand<TInt32> counters = tf.range(tf.constant(0), n, tf.constant(1));
        Lanes lanes = encrypt(tf.zerosLike(counters), counters);
        return tf.bitwise.bitwiseXor(lanes.x0, lanes.x1);
    }

    /** An odd number of counters is padded with one zero, whose output is dropped. */
    private Operand<TInt32> legacy(Operand<TInt32> n) {
        Operand<TInt32> half = tf.math.floorDiv(n, tf.constant(2));
        Operand<TInt32> padded = tf.math.sub(n, half);
        Operand<TInt32> first = tf.range(tf.constant(0), padded, tf.constant(1));
        Operand<TInt32> second = tf.select(tf.math.less(first, half), tf.math.add(first, padded), tf.zerosLike(first));
        Lanes lanes = encrypt(first, second);
        Operand<TInt32> kept = tf.slice(lanes.x1, tf.constant(new int[] {0}), tf.expandDims(half, tf.constant(0)));
        return tf.concat(List.of(lanes.x0, kept), tf.constant(0));
    }

    /** Threefry-2x32 with 20 rounds over counters (x0[i], x1[i]). */
    private Lanes encrypt(Operand<TInt32> counters0, Operand<TInt32> counters1) {
        Operand<TInt32> parity = tf.bitwise.bitwiseXor(tf.bitwise.bitwiseXor(high, low), tf.constant(PARITY));
        List<Operand<TInt32>> keys = List.of(high, low, parity);
        Operand<TInt32> x0 = tf.math.add(counters0, high);
        Operand<TInt32> x1 = tf.math.add(counters1, low);
        for (int group = 0; group < 5; group++) {
            for (int rotation : ROTATIONS.get(group % 2)) {
                x0 = tf.math.add(x0, x1);
                x1 = tf.bitwise.bitwiseXor(rotateLeft(x1, rotation), x0);
            }
            x0 = tf.math.add(x0, keys.get((group + 1) % 3));
            x1 = tf.math.add(x1, tf.math.add(keys.get((group + 2) % 3), tf.constant(group + 1)));
        }
        return new Lanes(x0, x1);
    }

    private Operand<TInt32> rotateLeft(Operand<TInt32> words, int distance) {
        return tf.bitwise.bitwiseOr(
                tf.bitwise.leftShift(words, tf.constant(distance)), shiftRight(words, Integer.SIZE - distance));
    }

    /** TensorFlow shifts the sign in; these are bits. */
    private Operand<TInt32> shiftRight(Operand<TInt32> words, int distance) {
        return tf.bitwise.bitwiseAnd(tf.bitwise.rightShift(words, tf.constant(distance)), tf.constant(-1 >>> distance));
    }

    private record Lanes(Operand<TInt32> x0, Operand<TInt32> x1) {}
}
