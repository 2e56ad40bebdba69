package dev.vaestream.sampler;

/** The checkpoint service did not answer, or not as it should; asking again later may help. */
final class CheckpointServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CheckpointServiceException(String message) {
        super(message);
    }

    CheckpointServiceException(String message, Throwable cause) {
        super(message, cause);
    }
}
