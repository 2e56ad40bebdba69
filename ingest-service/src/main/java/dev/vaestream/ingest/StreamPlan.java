package dev.vaestream.ingest;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vaestream.contracts.Dataset;
import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.StreamRequest;
import dev.vaestream.contracts.StreamSpec;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a request makes of a stream: its complete spec, and whether that may follow the spec before it. */
final class StreamPlan {
    static final int BATCH_SIZE = 16;
    static final int CLASSES = 10;
    static final int EPOCHS = 10;
    static final long SEED = 0xffff;
    static final int PARTITIONS = 1;

    /** Images and labels of a batch, unpacked. In base64 it is below the longest string that JSON may have. */
    static final int MAX_BATCH_BYTES = 4 << 20;

    private StreamPlan() {}

    static int classes(StreamRequest request) {
        return orElse(request.classes(), CLASSES);
    }

    /** @throws RefusedException where the request fits no such dataset */
    static StreamSpec of(StreamRequest request, Dataset dataset) {
        ImageShape shape = request.shape();
        if (shape != null && !shape.equals(dataset.shape())) {
            throw invalid("shape", "is %s; the dataset's images are %s".formatted(shape, dataset.shape()));
        }
        return spec(() -> new StreamSpec(
                request.stream(),
                request.dataset(),
                dataset.digest(),
                dataset.examples(),
                dataset.shape(),
                classes(request),
                orElse(request.batchSize(), BATCH_SIZE),
                orElse(request.epochs(), EPOCHS),
                orElse(request.shuffle(), true),
                orElse(request.seed(), SEED),
                orElse(request.partitions(), PARTITIONS)));
    }

    /** A stream whose batches come from outside. */
    static StreamSpec of(StreamRequest request) {
        ImageShape shape = request.shape();
        if (shape == null) {
            throw invalid("shape", "is missing; a stream without a dataset needs it");
        }
        requireAbsent("epochs", request.epochs());
        requireAbsent("shuffle", request.shuffle());
        requireAbsent("seed", request.seed());
        return spec(() -> new StreamSpec(
                request.stream(),
                null,
                null,
                0,
                shape,
                classes(request),
                orElse(request.batchSize(), BATCH_SIZE),
                0,
                false,
                0,
                orElse(request.partitions(), PARTITIONS)));
    }

    /**
     * Whether {@code wanted} is {@code existing} with more epochs.
     *
     * @return false where they are the same
     * @throws RefusedException where they differ in anything else
     */
    static boolean grows(StreamSpec existing, StreamSpec wanted) {
        StreamSpec sameEpochs = wanted.withEpochs(existing.epochs());
        if (!sameEpochs.equals(existing)) {
            throw new RefusedException(
                    Refusal.STREAM_DIFFERS,
                    "Stream '%s' exists and only its epochs may grow; here %s"
                            .formatted(existing.stream(), differences(existing, sameEpochs)));
        }
        if (wanted.epochs() < existing.epochs()) {
            throw new RefusedException(
                    Refusal.STREAM_DIFFERS,
                    "Stream '%s' has %d epochs; they may grow, not shrink to %d"
                            .formatted(existing.stream(), existing.epochs(), wanted.epochs()));
        }
        return wanted.epochs() > existing.epochs();
    }

    private static StreamSpec spec(Supplier<StreamSpec> make) {
        try {
            StreamSpec spec = make.get();
            long bytes = (long) spec.batchSize() * (spec.shape().pixels() + 1);
            if (bytes > MAX_BATCH_BYTES) {
                throw invalid(
                        "batchSize",
                        "is %d; batches of %s images then have %d bytes, and %d is the most"
                                .formatted(spec.batchSize(), spec.shape(), bytes, MAX_BATCH_BYTES));
            }
            return spec;
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Refusal.INVALID_STREAM, String.valueOf(e.getMessage()));
        }
    }

    private static void requireAbsent(String field, @Nullable Object value) {
        if (value != null) {
            throw invalid(field, "is " + value + "; only a stream with a dataset has it");
        }
    }

    private static RefusedException invalid(String field, String reason) {
        return new RefusedException(Refusal.INVALID_STREAM, "Field " + field + ": " + reason, Map.of("field", field));
    }

    private static String differences(StreamSpec existing, StreamSpec wanted) {
        JsonNode before = Json.mapper().valueToTree(existing);
        JsonNode after = Json.mapper().valueToTree(wanted);
        return Stream.concat(before.propertyStream(), after.propertyStream())
                .map(Map.Entry::getKey)
                .distinct()
                .filter(field -> !before.path(field).equals(after.path(field)))
                .map(field -> "%s is %s, not %s".formatted(field, before.path(field), after.path(field)))
                .collect(joining(", "));
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
