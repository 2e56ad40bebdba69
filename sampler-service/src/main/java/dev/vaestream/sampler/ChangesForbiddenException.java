package dev.vaestream.sampler;

/** A change is asked for that this service is set up not to pass on. */
final class ChangesForbiddenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChangesForbiddenException(String message) {
        super(message);
    }
}
