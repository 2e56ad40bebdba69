package dev.vaestream.sampler;

/** A checkpoint that must not be served. */
final class RejectedCheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    RejectedCheckpointException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    RejectedCheckpointException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    /** Which check it failed. */
    enum Reason {
        /** The manifest was changed since it was made, or belongs elsewhere. */
        MANIFEST,
        /** The parameters' bytes are missing, too many, or not those that the manifest names. */
        BLOB,
        /** The bytes hold no arrays that a decoder of this run's model can be made of. */
        PARAMS,
        /** The decoder makes no images of them. */
        OUTPUT,
        /** It makes another image than the writer's. */
        CANARY
    }
}
