package dev.vaestream.trainer;

/** Stands for a process that is killed. */
final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
