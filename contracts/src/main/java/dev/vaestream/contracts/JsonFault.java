package dev.vaestream.contracts;

import static com.fasterxml.jackson.annotation.JsonTypeInfo.As.PROPERTY;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reader's error put into the words of someone who writes JSON by hand. */
record JsonFault(String path, String reason) {
    private static final Pattern PLACE = Pattern.compile("(\\w+)((?:\\[\\d+])?) (.*)", Pattern.DOTALL);

    static JsonFault of(JsonProcessingException e) {
        String path = path(e);
        if (e.getCause() instanceof InputCoercionException coercion) {
            return new JsonFault(path, "is out of range; it must be " + JsonKinds.expected(coercion.getTargetType()));
        }
        JsonProcessingException innermost = e.getCause() instanceof JsonProcessingException cause ? cause : e;
        if (innermost instanceof StreamReadException || innermost instanceof StreamConstraintsException) {
            return new JsonFault("", unreadable(innermost));
        }
        if (e.getCause() instanceof SpecFaultException fault) {
            return new JsonFault(fault.path().isEmpty() ? path : join(path, fault.path()), fault.reason());
        }
        if (e instanceof ValueInstantiationException refused && e.getCause() instanceof IllegalArgumentException) {
            return refused(
                    path,
                    refused.getType().getRawClass(),
                    String.valueOf(e.getCause().getMessage()));
        }
        if (e instanceof InvalidTypeIdException unknown) {
            return unknownType(path, unknown);
        }
        return new JsonFault(
                path, e instanceof MismatchedInputException mismatch ? mismatch(mismatch) : "is not valid");
    }

    InvalidJsonException toException() {
        return new InvalidJsonException(path, reason);
    }

    private static String path(JsonProcessingException e) {
        String path = "";
        if (e instanceof JsonMappingException mapping) {
            for (JsonMappingException.Reference part : mapping.getPath()) {
                path = part.getFieldName() == null
                        ? path + "[" + part.getIndex() + "]"
                        : join(path, part.getFieldName());
            }
        }
        return path;
    }

    private static String join(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    /**
     * A record's own check says {@code steps is 0; …} or {@code encoder[1] is 0; …}; where that begins with a field, the
     * path goes down to it.
     */
    private static JsonFault refused(String path, Class<?> type, String reason) {
        RecordComponent[] fields = type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
        Matcher place = PLACE.matcher(reason);
        return place.matches()
                        && Arrays.stream(fields).map(RecordComponent::getName).anyMatch(place.group(1)::equals)
                ? new JsonFault(join(path, place.group(1) + place.group(2)), place.group(3))
                : new JsonFault(path, path.isEmpty() ? "does not hold: " + reason : reason);
    }

    private static JsonFault unknownType(String path, InvalidTypeIdException e) {
        Class<?> base = e.getBaseType().getRawClass();
        JsonTypeInfo info = base.getAnnotation(JsonTypeInfo.class);
        String found = e.getTypeId() == null ? "is missing" : "'" + e.getTypeId() + "' is not known";
        return new JsonFault(
                info != null && info.include() == PROPERTY ? join(path, info.property()) : path,
                found + "; it must be one of " + JsonKinds.subtypes(base));
    }

    private static String unreadable(JsonProcessingException e) {
        String at = e.getLocation() == null
                ? ""
                : " at line %d, column %d"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        if (e instanceof JsonEOFException) {
            return "ends too early" + at;
        }
        if (e instanceof StreamConstraintsException) {
            return "is nested too deeply, or a value in it is too long" + at;
        }
        return e.getOriginalMessage().startsWith("Duplicate field '")
                ? "has the field %s twice%s"
                        .formatted(e.getOriginalMessage().substring("Duplicate field ".length()), at)
                : "is not valid JSON" + at;
    }

    private static String mismatch(MismatchedInputException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "is not known; known here: "
                    + unknown.getKnownPropertyIds().stream()
                            .map(Object::toString)
                            .sorted()
                            .collect(joining(", "));
        }
        if (e instanceof InvalidNullException) {
            return "is null; it must have a value";
        }
        // Jackson has no type of exception for these two.
        if (e.getOriginalMessage().startsWith("Missing required creator property")) {
            return "is missing";
        }
        if (e.getOriginalMessage().startsWith("Trailing token")) {
            return "goes on after its end";
        }
        return found(e) + "; it must be " + JsonKinds.expected(e.getTargetType());
    }

    private static String found(MismatchedInputException e) {
        if (e instanceof InvalidFormatException format) {
            Object value = format.getValue();
            return "is " + (value instanceof String ? "'" + value + "'" : value);
        }
        return e.getProcessor() instanceof JsonParser parser && parser.currentToken() != null
                ? "is " + JsonKinds.found(parser.currentToken())
                : "is something else";
    }
}
