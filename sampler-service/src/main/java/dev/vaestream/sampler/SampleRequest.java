package dev.vaestream.sampler;

import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.Provenance;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which images are wanted: of each class those with the indices first to first + count - 1.
 *
 * @param classes one row each, in this order; empty for every class of the model
 * @param first index of the first image of each class
 * @param count images of each class
 * @param seed 0 to 2³² - 1
 */
record SampleRequest(List<Integer> classes, int first, int count, long seed) {
    static final Set<String> PARAMETERS = Set.of("class", "count", "index", "seed");

    static final long MAX_SEED = Provenance.MAX_SEED;
    static final int MAX_INDEX = Provenance.MAX_INDEX;
    private static final int DEFAULT_COUNT = 10;
    private static final long DEFAULT_SEED = 0;

    SampleRequest {
        classes = List.copyOf(classes);
    }

    /** Of each class the first {@code count}. */
    SampleRequest(List<Integer> classes, int count, long seed) {
        this(classes, 0, count, seed);
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
        long seed = query.whole("seed", 0, MAX_SEED, DEFAULT_SEED);
        int count = (int) query.whole("count", 1, maxCount, Math.min(DEFAULT_COUNT, maxCount));
        return query.one("index")
                .map(index -> one(query, classes, (int) Query.whole("index", index, 0, MAX_INDEX), seed))
                .orElseGet(() -> new SampleRequest(classes, count, seed));
    }

    private static SampleRequest one(Query query, List<Integer> classes, int index, long seed) {
        if (query.one("count").isPresent()) {
            throw new InvalidQueryException(
                    "index is '%d' and count is there too; an index is one image".formatted(index));
        }
        if (classes.size() != 1) {
            throw new InvalidQueryException("index is '%d' and %d classes are named; give one, as an index is one image"
                    .formatted(index, classes.size()));
        }
        return new SampleRequest(classes, index, 1, seed);
    }

    /**
     * This request with its classes named, for a model of {@code modelClasses} classes.
     *
     * @throws InvalidQueryException where the model has no such class, or the images are more than {@code maxPixels}
     */
    SampleRequest of(int modelClasses, ImageShape shape, long maxPixels) {
        classes.forEach(label -> requireClass(label, modelClasses));
        int rows = classes.isEmpty() ? modelClasses : classes.size();
        if (pixels(rows, shape) > maxPixels) {
            throw new InvalidQueryException("%d of each of %d classes are %d pixels; a request is for %d at most"
                    .formatted(count, rows, pixels(rows, shape), maxPixels));
        }
        return classes.isEmpty()
                ? new SampleRequest(IntStream.range(0, modelClasses).boxed().toList(), first, count, seed)
                : this;
    }

    /** @throws InvalidQueryException where a model of {@code modelClasses} classes has none such */
    static void requireClass(int label, int modelClasses) {
        if (label >= modelClasses) {
            throw new InvalidQueryException(
                    "class is '%d'; it must be a whole number from 0 to %d".formatted(label, modelClasses - 1));
        }
    }

    /** Of all images; the classes must be named. */
    long pixels(ImageShape shape) {
        return pixels(classes.size(), shape);
    }

    private long pixels(int rows, ImageShape shape) {
        return (long) rows * count * shape.pixels();
    }
}
