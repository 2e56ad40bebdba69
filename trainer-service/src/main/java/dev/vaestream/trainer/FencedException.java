package dev.vaestream.trainer;

/** Another trainer has claimed the run since, or committed to it; what this one has trained cannot be committed. */
final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FencedException(String message) {
        super(message);
    }
}
