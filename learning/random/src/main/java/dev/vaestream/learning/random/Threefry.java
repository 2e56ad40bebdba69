package dev.vaestream.learning.random;

import java.util.Arrays;

/**
 * How a key becomes many numbers: JAX's {@code jax_threefry_partitionable} off or on.
 *
 * <p>Both run the Threefry-2x32 block cipher with 20 rounds over counters. They differ in which counters share a block,
 * so they give different numbers from the same key; folding in is the same in both.
 *
 * @see <a href="https://doi.org/10.1145/2063384.2063405">Salmon et al., Parallel random numbers: as easy as 1, 2, 3</a>
 */
public enum Threefry {
    /** JAX's default before 0.5.0: the first half of the counters is encrypted beside the second half. */
    LEGACY {
        @Override
        int[] bits(int key0, int key1, int n) {
            int half = n / 2;
            int padded = n - half;
            int[] x0 = counters(padded);
            int[] x1 = new int[padded];
            // An odd number of counters is padded with one zero, whose output is dropped.
            for (int i = 0; i < half; i++) {
                x1[i] = padded + i;
            }
            encrypt(key0, key1, x0, x1);
            int[] bits = Arrays.copyOf(x0, n);
            System.arraycopy(x1, 0, bits, padded, half);
            return bits;
        }

        @Override
        int[] splitWords(int key0, int key1, int n) {
            return bits(key0, key1, Math.multiplyExact(2, n));
        }
    },

    /** JAX's default since 0.5.0: each counter has a block of its own. */
    PARTITIONABLE {
        @Override
        int[] bits(int key0, int key1, int n) {
            int[] x0 = new int[n];
            int[] x1 = counters(n);
            encrypt(key0, key1, x0, x1);
            for (int i = 0; i < n; i++) {
                x0[i] ^= x1[i];
            }
            return x0;
        }

        @Override
        int[] splitWords(int key0, int key1, int n) {
            int[] x0 = new int[n];
            int[] x1 = counters(n);
            encrypt(key0, key1, x0, x1);
            int[] words = new int[Math.multiplyExact(2, n)];
            for (int i = 0; i < n; i++) {
                words[2 * i] = x0[i];
                words[2 * i + 1] = x1[i];
            }
            return words;
        }
    };

    private static final int PARITY = 0x1BD11BDA;
    private static final int[] EVEN_ROTATIONS = {13, 15, 26, 6};
    private static final int[] ODD_ROTATIONS = {17, 29, 16, 24};

    /** {@code n} independent 32-bit words. */
    abstract int[] bits(int key0, int key1, int n);

    /** {@code n} keys, two words each. */
    abstract int[] splitWords(int key0, int key1, int n);

    /**
     * Encrypts the counters (x0[i], x1[i]) in place. Round by round for all of them, not one after the other, so that
     * HotSpot makes vector instructions of it.
     */
    static void encrypt(int key0, int key1, int[] x0, int[] x1) {
        int key2 = key0 ^ key1 ^ PARITY;
        inject(key0, key1, x0, x1);
        for (int group = 0; group < 5; group++) {
            for (int rotation : group % 2 == 0 ? EVEN_ROTATIONS : ODD_ROTATIONS) {
                round(rotation, x0, x1);
            }
            inject(keyWord(key0, key1, key2, group + 1), keyWord(key0, key1, key2, group + 2) + group + 1, x0, x1);
        }
    }

    private static void round(int rotation, int[] x0, int[] x1) {
        for (int i = 0; i < x0.length; i++) {
            int word = x1[i];
            int sum = x0[i] + word;
            x0[i] = sum;
            x1[i] = Integer.rotateLeft(word, rotation) ^ sum;
        }
    }

    private static void inject(int word0, int word1, int[] x0, int[] x1) {
        for (int i = 0; i < x0.length; i++) {
            x0[i] += word0;
            x1[i] += word1;
        }
    }

    private static int[] counters(int n) {
        int[] counters = new int[n];
        Arrays.setAll(counters, i -> i);
        return counters;
    }

    private static int keyWord(int key0, int key1, int key2, int index) {
        return switch (index % 3) {
            case 0 -> key0;
            case 1 -> key1;
            default -> key2;
        };
    }
}
