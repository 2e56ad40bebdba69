package dev.vaestream.sampler;

/** A body has more bytes than it may have. */
final class BodyTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BodyTooLongException(long limit) {
        super("the body has more than %d bytes".formatted(limit));
    }
}
