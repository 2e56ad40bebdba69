package dev.vaestream.sampler;

import dev.vaestream.contracts.Sha256;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Variant;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How samples are written. The first is what a client gets that does not care. */
enum SampleFormat {
    PNG("image/png"),
    JSON(MediaType.APPLICATION_JSON),
    NPY("application/x-npy");

    static final Set<String> PARAMETERS = Set.of("format");

    private static final List<Variant> VARIANTS = Variant.mediaTypes(
                    Arrays.stream(values()).map(SampleFormat::mediaType).toArray(MediaType[]::new))
            .build();

    private final String mediaType;

    SampleFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /**
     * What {@code format=} names or, without it, what the Accept header likes best.
     *
     * @throws UnsupportedFormatException where it likes none
     */
    static SampleFormat chosen(Query query, Request request) {
        return named(query)
                .or(() -> Optional.ofNullable(request.selectVariant(VARIANTS)).map(SampleFormat::of))
                .orElseThrow(() -> new UnsupportedFormatException("The client accepts none of %s"
                        .formatted(Arrays.stream(values())
                                .map(format -> format.mediaType)
                                .collect(Collectors.joining(", ")))));
    }

    MediaType mediaType() {
        return MediaType.valueOf(mediaType);
    }

    void write(Samples samples, OutputStream out) throws IOException {
        switch (this) {
            case PNG -> ImageGrid.write(samples, out);
            case JSON -> SamplesDocument.write(samples, out);
            case NPY -> NpyFile.write(samples, out);
        }
    }

    /** Names the bytes without making them: a checkpoint, a request and a format decide them. */
    String tag(Checkpoint checkpoint, SampleRequest request) {
        String identity = checkpoint.manifest().digest() + " " + request + " " + this;
        return Sha256.of(identity.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** What {@code format=} names, if anything. */
    static Optional<SampleFormat> named(Query query) {
        return query.one("format").map(SampleFormat::named);
    }

    private static SampleFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidQueryException(
                        "format is %s; it must be png, json or npy".formatted(Query.quoted(name))));
    }

    private static SampleFormat of(Variant variant) {
        return Arrays.stream(values())
                .filter(format -> format.mediaType().equals(variant.getMediaType()))
                .findFirst()
                .orElseThrow();
    }
}
