package dev.vaestream.checkpoint;

/** A manifest in storage that is none, or another's. */
final class CorruptManifestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CorruptManifestException(String message) {
        super(message);
    }
}
