package dev.vaestream.sampler;

/** More requests than can be computed; the same request can be answered later. */
final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BusyException(String message) {
        super(message);
    }
}
