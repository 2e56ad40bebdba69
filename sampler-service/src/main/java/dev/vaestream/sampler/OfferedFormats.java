package dev.vaestream.sampler;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The formats that a resource writes. The first is what a client gets that does not care. */
final class OfferedFormats {
    static final Set<String> PARAMETERS = Set.of("format");

    private final List<SampleFormat> formats;
    private final List<Variant> variants;

    OfferedFormats(SampleFormat... formats) {
        this.formats = List.of(formats);
        this.variants = Variant.mediaTypes(
                        this.formats.stream().map(SampleFormat::mediaType).toArray(MediaType[]::new))
                .build();
    }

    /**
     * What {@code format=} names or, without it, what the Accept header likes best.
     *
     * @throws UnsupportedFormatException where it likes none
     */
    SampleFormat chosen(Query query, Request request) {
        return named(query)
                .or(() -> Optional.ofNullable(request.selectVariant(variants)).map(this::of))
                .orElseThrow(() -> new UnsupportedFormatException("The client accepts none of %s"
                        .formatted(formats.stream()
                                .map(format -> format.mediaType().toString())
                                .collect(Collectors.joining(", ")))));
    }

    /** What {@code format=} names, if anything. */
    Optional<SampleFormat> named(Query query) {
        return query.one("format").map(this::named);
    }

    private SampleFormat named(String name) {
        return formats.stream()
                .filter(format -> name(format).equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidQueryException(
                        "format is %s; it must be %s".formatted(Query.quoted(name), names())));
    }

    private SampleFormat of(Variant variant) {
        return formats.stream()
                .filter(format -> format.mediaType().equals(variant.getMediaType()))
                .findFirst()
                .orElseThrow();
    }

    private String names() {
        int last = formats.size() - 1;
        return formats.subList(0, last).stream().map(OfferedFormats::name).collect(Collectors.joining(", "))
                + " or "
                + name(formats.get(last));
    }

    private static String name(SampleFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
