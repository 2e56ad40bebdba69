package dev.vaestream.trainer;

/**
 * A blob is absent in storage, or its bytes there are not those of its digest. The checkpoint that names it cannot be
 * restored until it is stored again.
 */
final class LostBlobException extends UnavailableException {
    private static final long serialVersionUID = 1;

    LostBlobException(String message) {
        super(message);
    }
}
