package dev.vaestream.checkpoint;

/** The store did not answer, or not with yes or no: whether it did what was asked is unknown. Trying again may help. */
final class StorageUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StorageUnavailableException(String message) {
        super(message);
    }

    StorageUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
