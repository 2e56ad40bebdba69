package dev.vaestream.learning.nn;

/** A module draws from a stream of keys that it was not given. */
public final class InvalidRngException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidRngException(String stream) {
        super("There is no stream of keys '%s'; give one, or one named 'params'".formatted(stream));
    }
}
