package dev.vaestream.sampler;

/** The client accepts no format that there is. */
final class UnsupportedFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedFormatException(String message) {
        super(message);
    }
}
