package dev.vaestream.sampler;

import dev.vaestream.contracts.Sha256;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import java.util.Optional;

/**
 * The samples that one request gets, before they are made.
 *
 * @param request with its classes named
 * @param pinned whether the client named the checkpoint's digest
 */
record SampleAnswer(Checkpoint checkpoint, SampleRequest request, SampleFormat format, boolean pinned) {
    // Names move, and a run of the same name may have been trained elsewhere; only a digest is one thing for ever.
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache, no-transform";

    /**
     * What {@code query} is answered with by {@code checkpoint}.
     *
     * @throws InvalidQueryException where it has no such images
     * @throws NoCheckpointException where the query names another digest
     */
    static SampleAnswer of(SampleQuery query, Checkpoint checkpoint, long maxPixels) {
        Sha256 digest = checkpoint.manifest().digest();
        Optional<Sha256> wanted = query.digest();
        if (wanted.isPresent() && !wanted.get().equals(digest)) {
            throw new NoCheckpointException(
                    "Checkpoint %s has the digest %s, not %s".formatted(checkpoint.name(), digest, wanted.get()));
        }
        SampleRequest request = query.samples().of(checkpoint.model().classes(), checkpoint.shape(), maxPixels);
        return new SampleAnswer(checkpoint, request, query.format(), wanted.isPresent());
    }

    /** Names the bytes without making them: a checkpoint, a request and a format decide them. */
    String tag() {
        return format.tag(checkpoint, request);
    }

    long images() {
        return pixels() / checkpoint.shape().pixels();
    }

    long pixels() {
        return request.pixels(checkpoint.shape());
    }

    /** Whose images they are, and how long they may be kept. */
    Map<String, String> headers() {
        Map<String, String> headers = CheckpointHeaders.of(checkpoint);
        headers.put(HttpHeaders.CACHE_CONTROL, pinned ? FOR_EVER : ASK_AGAIN);
        return headers;
    }
}
