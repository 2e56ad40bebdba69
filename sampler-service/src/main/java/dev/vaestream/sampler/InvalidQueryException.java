package dev.vaestream.sampler;

/** A query that cannot be answered as it stands: which parameter, its value, and what is accepted. */
final class InvalidQueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidQueryException(String message) {
        super(message);
    }
}
