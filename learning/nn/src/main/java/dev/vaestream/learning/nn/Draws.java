package dev.vaestream.learning.nn;

import dev.vaestream.learning.random.PrngKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.op.Ops;

/** The draws of one traced call. Each folds its place in the tree and a count of its own into its stream's key. */
final class Draws {
    private final Rngs rngs;
    private final Map<List<String>, Integer> counts = new HashMap<>();

    Draws(Rngs rngs) {
        this.rngs = rngs;
    }

    TracedKey next(Ops tf, String stream, List<String> path) {
        String used = used(stream);
        return stream(used, stream).next(tf, data(used, path));
    }

    /** A key whose numbers are needed now. */
    PrngKey known(String stream, List<String> path) {
        String used = used(stream);
        if (stream(used, stream) instanceof Rngs.Known known) {
            return known.key().foldIn(data(used, path));
        }
        throw new InvalidRngException(stream);
    }

    /** A stream that was not given falls back to {@code params}. */
    private String used(String stream) {
        return rngs.find(stream) == null ? Scope.PARAMS : stream;
    }

    private Rngs.Stream stream(String used, String asked) {
        Rngs.Stream stream = rngs.find(used);
        if (stream == null) {
            throw new InvalidRngException(asked);
        }
        return stream;
    }

    private int data(String used, List<String> path) {
        List<String> place = new ArrayList<>(path);
        place.add(0, used);
        return PathKeys.hash(path, counts.merge(List.copyOf(place), 1, Integer::sum));
    }
}
