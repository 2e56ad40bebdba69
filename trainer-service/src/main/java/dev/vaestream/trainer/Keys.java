package dev.vaestream.trainer;

import dev.vaestream.contracts.Prng;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.random.Split;
import dev.vaestream.learning.random.Threefry;
import java.util.List;

/** The keys of a run: {@code key, modelKey = split(PRNGKey(seed))}. */
final class Keys {
    private Keys() {}

    /** The key that the first step splits. */
    static PrngKey first(RunSpec spec) {
        return root(spec).first();
    }

    /** The key of the initial parameters. */
    static PrngKey model(RunSpec spec) {
        return root(spec).second();
    }

    /** The two words as they are stored, each 0 to 2³² - 1. */
    static List<Long> words(PrngKey key) {
        return List.of(Integer.toUnsignedLong(key.high()), Integer.toUnsignedLong(key.low()));
    }

    static PrngKey ofWords(List<Long> words, Prng prng) {
        return new PrngKey(words.get(0).intValue(), words.get(1).intValue(), mode(prng));
    }

    private static Split root(RunSpec spec) {
        return PrngKey.of(spec.seed(), mode(spec.prng())).split();
    }

    private static Threefry mode(Prng prng) {
        return switch (prng) {
            case LEGACY -> Threefry.LEGACY;
            case PARTITIONABLE -> Threefry.PARTITIONABLE;
        };
    }
}
