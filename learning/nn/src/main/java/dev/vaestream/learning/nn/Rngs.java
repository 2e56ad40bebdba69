package dev.vaestream.learning.nn;

import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.random.Threefry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/**
 * A key for each stream that a module draws from, {@code rngs={'dropout': key}}. Keys that are known while a model is
 * traced give its graph the same numbers in each call; traced ones are arguments, and give other numbers with each.
 */
public final class Rngs {
    private final Map<String, Stream> streams;

    private Rngs(Map<String, Stream> streams) {
        this.streams = Map.copyOf(streams);
    }

    /** Keys that are known now. */
    public static Rngs of(Map<String, PrngKey> keys) {
        Map<String, Stream> streams = new HashMap<>();
        keys.forEach((name, key) -> streams.put(name, new Known(key)));
        return new Rngs(streams);
    }

    /**
     * Keys that a traced function is given.
     *
     * @param words of each key, (2), as {@link PrngKey#words}
     * @param mode of all of them
     */
    public static Rngs traced(Ops tf, Map<String, Operand<TInt32>> words, Threefry mode) {
        Map<String, Stream> streams = new HashMap<>();
        words.forEach((name, key) -> streams.put(name, new Given(TracedKey.of(tf, key, mode))));
        return new Rngs(streams);
    }

    @Nullable
    Stream find(String name) {
        return streams.get(name);
    }

    /** Where a stream's keys come from. */
    sealed interface Stream {
        /** @param data from the place of the draw */
        TracedKey next(Ops tf, int data);
    }

    record Known(PrngKey key) implements Stream {
        @Override
        public TracedKey next(Ops tf, int data) {
            return TracedKey.of(tf, key.foldIn(data));
        }
    }

    record Given(TracedKey key) implements Stream {
        @Override
        public TracedKey next(Ops tf, int data) {
            return key.foldIn(data);
        }
    }
}
