package dev.vaestream.learning.tracing;

/** A tree that is not shaped as it should be; the message names the path. */
public final class TreeMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TreeMismatchException(String message) {
        super(message);
    }
}
