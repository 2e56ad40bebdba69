package dev.vaestream.learning.random;

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
            return hashCounters(key0, key1, n);
        }

        @Override
        int[] splitWords(int key0, int key1, int n) {
            return hashCounters(key0, key1, Math.multiplyExact(2, n));
        }
    },

    /** JAX's default since 0.5.0: each counter has a block of its own. */
    PARTITIONABLE {
        @Override
        int[] bits(int key0, int key1, int n) {
            int[] bits = new int[n];
            for (int i = 0; i < n; i++) {
                long block = block(key0, key1, 0, i);
                bits[i] = high(block) ^ low(block);
            }
            return bits;
        }

        @Override
        int[] splitWords(int key0, int key1, int n) {
            int[] words = new int[Math.multiplyExact(2, n)];
            for (int i = 0; i < n; i++) {
                long block = block(key0, key1, 0, i);
                words[2 * i] = high(block);
                words[2 * i + 1] = low(block);
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

    /** Encrypts one counter: the first word of the result in the high half. */
    static long block(int key0, int key1, int counter0, int counter1) {
        int key2 = key0 ^ key1 ^ PARITY;
        int x0 = counter0 + key0;
        int x1 = counter1 + key1;
        for (int group = 0; group < 5; group++) {
            for (int rotation : group % 2 == 0 ? EVEN_ROTATIONS : ODD_ROTATIONS) {
                x0 += x1;
                x1 = Integer.rotateLeft(x1, rotation) ^ x0;
            }
            x0 += keyWord(key0, key1, key2, group + 1);
            x1 += keyWord(key0, key1, key2, group + 2) + group + 1;
        }
        return ((long) x0 << Integer.SIZE) | Integer.toUnsignedLong(x1);
    }

    static int high(long block) {
        return (int) (block >>> Integer.SIZE);
    }

    static int low(long block) {
        return (int) block;
    }

    private static int keyWord(int key0, int key1, int key2, int index) {
        return switch (index % 3) {
            case 0 -> key0;
            case 1 -> key1;
            default -> key2;
        };
    }

    private static int[] hashCounters(int key0, int key1, int n) {
        int[] words = new int[n];
        int half = n - n / 2;
        for (int i = 0; i < half; i++) {
            // An odd number of counters is padded with one zero, whose output is dropped.
            int partner = half + i;
            long block = block(key0, key1, i, partner < n ? partner : 0);
            words[i] = high(block);
            if (partner < n) {
                words[partner] = low(block);
            }
        }
        return words;
    }
}
