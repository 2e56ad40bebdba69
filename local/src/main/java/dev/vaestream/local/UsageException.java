package dev.vaestream.local;

/** A command that was typed wrongly. */
final class UsageException extends CommandFailedException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
