package dev.vaestream.sampler;

/** The checkpoint that a request asks for is there, and must not be served. */
final class UnfitCheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitCheckpointException(String message) {
        super(message);
    }

    UnfitCheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
