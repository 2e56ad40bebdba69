package dev.vaestream.contracts;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;
import static com.fasterxml.jackson.databind.cfg.CoercionAction.Fail;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON as every service reads and writes it: unknown fields, missing fields and duplicate keys are errors, keys are
 * written in alphabetical order, times in ISO 8601. The same value therefore always has the same bytes, which is what
 * digests are taken of.
 */
public final class Json {
    private static final int MAX_DEPTH = 32;
    /** A batch of {@link Batch#MAX_SIZE} images in base64 is one string of 4.3 MB. */
    private static final int MAX_STRING = 8 << 20;

    private static final JsonMapper MAPPER = newMapper();

    private Json() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** The bytes of {@code value}, without white space. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(value.getClass().getSimpleName() + " cannot be written as JSON", e);
        }
    }

    /** @throws InvalidJsonException naming the field that is wrong and why */
    public static <T> T read(byte[] bytes, Class<T> type) {
        if (isBlank(bytes)) {
            throw new InvalidJsonException("", "is empty");
        }
        try (JsonParser parser = MAPPER.createParser(bytes)) {
            return parse(parser, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Sha256 digest(Object value) {
        return Sha256.of(write(value));
    }

    private static <T> T parse(JsonParser parser, Class<T> type) throws IOException {
        try {
            T value = MAPPER.readValue(parser, type);
            if (value == null) {
                throw new InvalidJsonException("", "is null");
            }
            return value;
        } catch (JsonProcessingException e) {
            // Here and not further out: the message names the token that the parser, still open, stands at.
            throw InvalidJsonException.of(e);
        }
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private static JsonMapper newMapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_STRING)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // JSON is UTF-8 (RFC 8259, 8.1). Jackson would also guess UTF-16 and UTF-32, and fail in its own way
                // where it guessed wrong.
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                // Double.toString has other digits for some values from JDK 19 on; Jackson's own writer has the same
                // everywhere.
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .build();
        return JsonMapper.builder(factory)
                .addModule(new JavaTimeModule())
                .annotationIntrospector(new RequiredUnlessNullable())
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, Fail)
                                .setCoercion(CoercionInputShape.Float, Fail)
                                .setCoercion(CoercionInputShape.Boolean, Fail))
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .defaultPropertyInclusion(JsonInclude.Value.construct(NON_NULL, NON_NULL))
                .build();
    }
}
