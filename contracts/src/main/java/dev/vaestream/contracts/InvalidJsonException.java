package dev.vaestream.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Collection;
import java.util.stream.Collectors;

/** JSON that is not what it should be: the path to the field and what is wrong with it. */
public final class InvalidJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;

    public InvalidJsonException(String path, String reason) {
        super(path.isEmpty() ? "The JSON " + reason : "Field " + path + ": " + reason);
        this.path = path;
    }

    /** What {@code e} says, without the names of our classes. */
    public static InvalidJsonException of(JsonProcessingException e) {
        InvalidJsonException translated = new InvalidJsonException(path(e), reason(e));
        translated.initCause(e);
        return translated;
    }

    /** The field, as {@code spec.optimizer.adamw}; empty for the whole text. */
    public String path() {
        return path;
    }

    private static String path(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping)) {
            return "";
        }
        return mapping.getPath().stream()
                .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String reason(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "is not known; known here: " + names(unknown.getKnownPropertyIds());
        }
        if (e instanceof InvalidTypeIdException unknown) {
            return "'%s' is not known; known here: %s".formatted(unknown.getTypeId(), OptimizerSpec.NAMES);
        }
        Throwable cause = e.getCause();
        if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
            return cause.getMessage();
        }
        if (e instanceof JsonMappingException) {
            return withoutClassNames(e.getOriginalMessage());
        }
        return "is not JSON at line %d, column %d"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }

    private static String names(Collection<Object> names) {
        return names.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    private static String withoutClassNames(String message) {
        return message.replaceAll("`[a-z]+(\\.[A-Za-z0-9$]+)+`", "the expected value")
                .replaceAll("[a-z]+(\\.[a-z0-9]+)+\\.([A-Z][A-Za-z0-9]*)", "$2");
    }
}
