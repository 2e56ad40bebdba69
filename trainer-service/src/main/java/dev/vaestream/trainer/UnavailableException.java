package dev.vaestream.trainer;

/** Kafka or the checkpoint service does not do its part for now; trying again later can help. */
class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message) {
        super(message);
    }

    UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
