package dev.vaestream.learning.nn;

import dev.vaestream.learning.random.PrngKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Streams of keys. A draw folds the place in the tree and a count of its own into the stream's key. */
final class Rngs {
    private final Map<String, PrngKey> streams;
    private final Map<List<String>, Integer> draws = new HashMap<>();

    Rngs(Map<String, PrngKey> streams) {
        this.streams = Map.copyOf(streams);
    }

    /** A stream that was not given falls back to {@code params}. */
    PrngKey next(String stream, List<String> path) {
        String used = streams.containsKey(stream) ? stream : Scope.PARAMS;
        @Nullable PrngKey key = streams.get(used);
        if (key == null) {
            throw new InvalidRngException(stream);
        }
        List<String> place = new ArrayList<>(path);
        place.add(0, used);
        return PathKeys.fold(key, path, draws.merge(List.copyOf(place), 1, Integer::sum));
    }
}
