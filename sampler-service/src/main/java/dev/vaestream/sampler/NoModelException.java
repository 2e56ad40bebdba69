package dev.vaestream.sampler;

/** No checkpoint has been loaded yet; the same request can be answered later. */
final class NoModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoModelException(String message) {
        super(message);
    }
}
