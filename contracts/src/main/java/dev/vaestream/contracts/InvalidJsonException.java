package dev.vaestream.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;

/** JSON that is not what it should be: the path to the field and what is wrong with it. */
public final class InvalidJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;

    public InvalidJsonException(String path, String reason) {
        super(path.isEmpty() ? "The JSON " + reason : "Field " + path + ": " + reason);
        this.path = path;
    }

    /** What {@code e} says, in words that need no knowledge of Java. */
    public static InvalidJsonException of(JsonProcessingException e) {
        InvalidJsonException translated = JsonFault.of(e).toException();
        translated.initCause(e);
        return translated;
    }

    /** The field, as {@code spec.optimizer.adamw} or {@code spec.model.encoder[1]}; empty for the whole text. */
    public String path() {
        return path;
    }
}
