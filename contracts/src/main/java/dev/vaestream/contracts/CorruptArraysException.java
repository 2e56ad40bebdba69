package dev.vaestream.contracts;

/** Bytes that are no safetensors file. */
public final class CorruptArraysException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CorruptArraysException(String message) {
        super(message);
    }

    public CorruptArraysException(String message, Throwable cause) {
        super(message, cause);
    }
}
