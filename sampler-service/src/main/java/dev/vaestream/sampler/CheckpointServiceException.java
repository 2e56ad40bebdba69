package dev.vaestream.sampler;

import java.util.Set;

/** The checkpoint service did not answer, or not as it should; asking again later may help. */
final class CheckpointServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int NO_STATUS = 0;
    /** A manifest, an alias or a run; a blob. */
    private static final Set<Integer> DAMAGED = Set.of(500, 502);

    private final int status;

    CheckpointServiceException(String message) {
        this(message, NO_STATUS);
    }

    /** @param status of its answer */
    CheckpointServiceException(String message, int status) {
        super(message);
        this.status = status;
    }

    CheckpointServiceException(String message, Throwable cause) {
        super(message, cause);
        this.status = NO_STATUS;
    }

    /** Whether it answered that what it has in storage is damaged, so that asking again does not help. */
    boolean isAboutStorage() {
        return DAMAGED.contains(status);
    }
}
