package dev.vaestream.sampler;

/** A request with a larger body than is read. */
final class RequestTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RequestTooLargeException(String message) {
        super(message);
    }
}
