package dev.vaestream.local;

/** A service's answer that is an error. */
final class ServiceException extends CommandFailedException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ServiceException(Problem problem) {
        super(problem.line());
        this.status = problem.status();
    }

    int status() {
        return status;
    }
}
