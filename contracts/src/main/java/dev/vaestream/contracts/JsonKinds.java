package dev.vaestream.contracts;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a piece of JSON is and what it should be, in words. */
final class JsonKinds {
    private static final Map<Class<?>, String> SCALARS = Map.ofEntries(
            Map.entry(int.class, "a whole number of 32 bits"),
            Map.entry(Integer.class, "a whole number of 32 bits"),
            Map.entry(long.class, "a whole number of 64 bits"),
            Map.entry(Long.class, "a whole number of 64 bits"),
            Map.entry(double.class, "a number"),
            Map.entry(Double.class, "a number"),
            Map.entry(boolean.class, "true or false"),
            Map.entry(Boolean.class, "true or false"),
            Map.entry(String.class, "a string"),
            Map.entry(Sha256.class, "a string"),
            Map.entry(byte[].class, "a string in base64"),
            Map.entry(Duration.class, "a time span as PT3H or P1DT12H"),
            Map.entry(Instant.class, "a time as 2026-01-31T12:00:00Z"));

    private JsonKinds() {}

    static String found(JsonToken token) {
        return switch (token) {
            case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "something else";
        };
    }

    static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        }
        if (type.isEnum()) {
            return "one of " + constants(type);
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        String subtypes = subtypes(type);
        return SCALARS.getOrDefault(type, subtypes.isEmpty() ? "an object" : "an object with one of " + subtypes);
    }

    /** The names that stand for the implementations of {@code base}; empty where there are none. */
    static String subtypes(Class<?> base) {
        JsonSubTypes subtypes = base.getAnnotation(JsonSubTypes.class);
        return subtypes == null
                ? ""
                : Arrays.stream(subtypes.value()).map(JsonSubTypes.Type::name).collect(joining(", "));
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> Json.mapper().convertValue(constant, String.class))
                .collect(joining(", "));
    }
}
