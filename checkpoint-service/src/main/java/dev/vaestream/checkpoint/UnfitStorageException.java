package dev.vaestream.checkpoint;

/** The store breaks a rule that commits depend on. Another store helps, trying again does not. */
final class UnfitStorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitStorageException(String message) {
        super(message);
    }
}
