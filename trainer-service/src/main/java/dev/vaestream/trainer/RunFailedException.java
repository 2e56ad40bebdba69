package dev.vaestream.trainer;

/** The run can never go on; trying again would fail again. The message is the reason for the user. */
final class RunFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long step;

    RunFailedException(String reason) {
        this(0, reason);
    }

    /** @param step steps that the run had made */
    RunFailedException(long step, String reason) {
        super(reason);
        this.step = step;
    }

    /** The same failure, known to have happened at {@code steps}. */
    RunFailedException at(long steps) {
        RunFailedException known = new RunFailedException(steps, String.valueOf(getMessage()));
        known.initCause(this);
        return known;
    }

    long step() {
        return step;
    }
}
