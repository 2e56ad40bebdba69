package dev.vaestream.sampler;

/** There is no such run or checkpoint. */
final class NoCheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoCheckpointException(String message) {
        super(message);
    }
}
