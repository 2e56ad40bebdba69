package dev.vaestream.contracts;

/** Bytes that are not a batch, whoever reads them and whenever. */
public final class InvalidBatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public InvalidBatchException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The reason code on a dead letter. */
    public enum Reason {
        /** No protobuf message. */
        UNREADABLE,
        /** A message whose parts contradict each other or exceed their limits. */
        INCONSISTENT,
        /** A good batch of another shape than the run's model. */
        MISSHAPEN
    }
}
