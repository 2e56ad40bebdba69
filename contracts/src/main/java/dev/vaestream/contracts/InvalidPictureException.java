package dev.vaestream.contracts;

/** Bytes that are no PNG, or one that does not say where it comes from. */
public final class InvalidPictureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidPictureException(String message) {
        super(message);
    }

    public InvalidPictureException(String message, Throwable cause) {
        super(message, cause);
    }
}
