package dev.vaestream.learning.random;

import java.util.Arrays;

/**
 * A threefry key of two 32-bit words. Immutable; draw from a key once and split it for more.
 *
 * <p>Arrays are flat, in row-major order of whatever shape the caller means.
 *
 * @param high first word
 * @param low second word
 * @param mode how the key becomes many numbers
 */
public record PrngKey(int high, int low, Threefry mode) {
    private static final long MAX_SEED = 0xffffffffL;
    private static final int EXPONENT_OF_ONE = 0x3f800000;
    private static final float SQRT_2 = 1.4142135f;

    /**
     * {@code jax.random.PRNGKey(seed)} in legacy mode.
     *
     * @param seed 0 to 2³² - 1
     * @throws IllegalArgumentException for any other
     */
    public static PrngKey of(long seed) {
        return of(seed, Threefry.LEGACY);
    }

    /**
     * {@code jax.random.PRNGKey(seed)}.
     *
     * @param seed 0 to 2³² - 1
     * @throws IllegalArgumentException for any other
     */
    public static PrngKey of(long seed, Threefry mode) {
        if (seed < 0 || seed > MAX_SEED) {
            throw new IllegalArgumentException("seed is " + seed + "; it must be 0 to " + MAX_SEED);
        }
        return new PrngKey(0, (int) seed, mode);
    }

    /** {@code jax.random.key_data(key)}: its two words. */
    public int[] words() {
        return new int[] {high, low};
    }

    /** {@code key, subkey = jax.random.split(key)}. */
    public Split split() {
        PrngKey[] keys = split(2);
        return new Split(keys[0], keys[1]);
    }

    /**
     * {@code jax.random.split(key, n)}: n keys that are independent of each other and of this one.
     *
     * @throws IllegalArgumentException where n is negative
     */
    public PrngKey[] split(int n) {
        requireCount(n);
        int[] words = mode.splitWords(high, low, n);
        PrngKey[] keys = new PrngKey[n];
        for (int i = 0; i < n; i++) {
            keys[i] = new PrngKey(words[2 * i], words[2 * i + 1], mode);
        }
        return keys;
    }

    /** The key for {@code data}, taken as unsigned. */
    public PrngKey foldIn(int data) {
        int[] x0 = {0};
        int[] x1 = {data};
        Threefry.encrypt(high, low, x0, x1);
        return new PrngKey(x0[0], x1[0], mode);
    }

    /**
     * {@code jax.random.bits(key, (n,))}: n words of 32 random bits, unsigned in JAX.
     *
     * @throws IllegalArgumentException where n is negative, as of everything that draws n numbers
     */
    public int[] bits(int n) {
        requireCount(n);
        return mode.bits(high, low, n);
    }

    /** {@code jax.random.uniform(key, (n,))}: in [0, 1). */
    public float[] uniform(int n) {
        return uniform(n, 0, 1);
    }

    /** {@code jax.random.uniform(key, (n,), minval=low, maxval=high)}: in [low, high), 23 random bits as the mantissa of a float in [1, 2). */
    public float[] uniform(int n, float low, float high) {
        int[] bits = bits(n);
        float[] values = new float[n];
        float range = high - low;
        for (int i = 0; i < n; i++) {
            float unit = Float.intBitsToFloat(bits[i] >>> 9 | EXPONENT_OF_ONE) - 1f;
            values[i] = Math.max(low, unit * range + low);
        }
        return values;
    }

    /** {@code jax.random.normal(key, (n,))}: N(0, 1), as √2 · erf⁻¹(u) of a uniform u in (-1, 1). */
    public float[] normal(int n) {
        float[] values = uniform(n, Math.nextUp(-1f), 1);
        for (int i = 0; i < n; i++) {
            values[i] = SQRT_2 * Erf.inverse(values[i]);
        }
        return values;
    }

    /** {@code jax.random.truncated_normal(key, low, high, (n,))}: N(0, 1), cut to the open interval (low, high). */
    public float[] truncatedNormal(int n, float low, float high) {
        float[] values = uniform(n, Erf.erf(low / SQRT_2), Erf.erf(high / SQRT_2));
        float least = Math.nextUp(low);
        float greatest = Math.nextDown(high);
        for (int i = 0; i < n; i++) {
            values[i] = Math.min(Math.max(SQRT_2 * Erf.inverse(values[i]), least), greatest);
        }
        return values;
    }

    /** {@code jax.random.bernoulli(key, p, (n,))}: true with probability {@code p}. */
    public boolean[] bernoulli(int n, float p) {
        float[] uniform = uniform(n);
        boolean[] values = new boolean[n];
        for (int i = 0; i < n; i++) {
            values[i] = uniform[i] < p;
        }
        return values;
    }

    /**
     * {@code jax.random.permutation(key, n)}: a random order of 0 to n - 1, by a stable sort by random keys, as often as it takes for equal keys not to matter
     * (three times log n over log 2³²).
     */
    public int[] permutation(int n) {
        requireCount(n);
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        int rounds = (int) StrictMath.ceil(3 * StrictMath.log(Math.max(1, n)) / StrictMath.log(MAX_SEED));
        PrngKey key = this;
        for (int round = 0; round < rounds; round++) {
            Split split = key.split();
            key = split.first();
            order = sortedBy(split.second().bits(n), order);
        }
        return order;
    }

    private static void requireCount(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("n is " + n + "; it must not be negative");
        }
    }

    private static int[] sortedBy(int[] keys, int[] values) {
        long[] keyAndPosition = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            // Flipping the sign bit makes the signed order of longs the unsigned order of keys.
            keyAndPosition[i] = (long) (keys[i] ^ Integer.MIN_VALUE) << Integer.SIZE | i;
        }
        Arrays.sort(keyAndPosition);
        int[] sorted = new int[values.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = values[(int) keyAndPosition[i]];
        }
        return sorted;
    }
}
