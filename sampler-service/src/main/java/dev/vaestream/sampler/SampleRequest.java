package dev.vaestream.sampler;

import dev.vaestream.contracts.ImageShape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which images are wanted: of each class those with the indices 0 to count - 1.
 *
 * @param classes one row each, in this order; empty for every class of the model
 * @param count images of each class
 * @param seed 0 to 2³² - 1
 */
record SampleRequest(List<Integer> classes, int count, long seed) {
    static final Set<String> PARAMETERS = Set.of("class", "count", "seed");

    private static final long MAX_SEED = 0xffffffffL;
    private static final int DEFAULT_COUNT = 10;
    private static final long DEFAULT_SEED = 0;

    SampleRequest {
        classes = List.copyOf(classes);
    }

    /** @throws InvalidQueryException naming the parameter, its value and what is accepted */
    static SampleRequest of(Query query, int maxCount) {
        List<Integer> classes = query.all("class").stream()
                .map(value -> (int) Query.whole("class", value, 0, Integer.MAX_VALUE))
                .toList();
        Set<Integer> seen = new HashSet<>();
        for (int label : classes) {
            if (!seen.add(label)) {
                throw new InvalidQueryException("class %d is given twice; give each class once".formatted(label));
            }
        }
        return new SampleRequest(
                classes,
                (int) query.whole("count", 1, maxCount, Math.min(DEFAULT_COUNT, maxCount)),
                query.whole("seed", 0, MAX_SEED, DEFAULT_SEED));
    }

    /**
     * This request with its classes named, for a model of {@code modelClasses} classes.
     *
     * @throws InvalidQueryException where the model has no such class, or the images are more than {@code maxPixels}
     */
    SampleRequest of(int modelClasses, ImageShape shape, long maxPixels) {
        for (int label : classes) {
            if (label >= modelClasses) {
                throw new InvalidQueryException(
                        "class is '%d'; it must be a whole number from 0 to %d".formatted(label, modelClasses - 1));
            }
        }
        int rows = classes.isEmpty() ? modelClasses : classes.size();
        if (pixels(rows, shape) > maxPixels) {
            throw new InvalidQueryException("%d of each of %d classes are %d pixels; a request is for %d at most"
                    .formatted(count, rows, pixels(rows, shape), maxPixels));
        }
        return classes.isEmpty()
                ? new SampleRequest(IntStream.range(0, modelClasses).boxed().toList(), count, seed)
                : this;
    }

    /** Of all images; the classes must be named. */
    long pixels(ImageShape shape) {
        return pixels(classes.size(), shape);
    }

    private long pixels(int rows, ImageShape shape) {
        return (long) rows * count * shape.pixels();
    }
}
