package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Sha256;
import java.util.List;

/** A request that was understood and is not carried out; {@link Problem} says what its sender can do. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient List<Sha256> missing;

    RefusedException(Problem problem, String detail) {
        this(problem, detail, List.of());
    }

    RefusedException(Problem problem, String detail, List<Sha256> missing) {
        super(detail);
        this.problem = problem;
        this.missing = List.copyOf(missing);
    }

    Problem problem() {
        return problem;
    }

    /** Blobs to upload before trying again. */
    List<Sha256> missing() {
        return missing;
    }
}
