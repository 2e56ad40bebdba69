package dev.vaestream.sampler;

/** There are no images that a request needs. */
final class NoDatasetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoDatasetException(String message) {
        super(message);
    }

    NoDatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
