package dev.vaestream.ingest;

import java.io.Serial;
import java.util.Map;

/** A request that is not done; nothing was changed by it, except as {@link Refusal#NOT_ACKNOWLEDGED} says. */
final class RefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final transient Map<String, Object> members;

    RefusedException(Refusal refusal, String detail) {
        this(refusal, detail, Map.of());
    }

    /** @param members more of the problem for programs, as {@code expected} */
    RefusedException(Refusal refusal, String detail, Map<String, Object> members) {
        super(detail);
        this.refusal = refusal;
        this.members = Map.copyOf(members);
    }

    Refusal refusal() {
        return refusal;
    }

    Map<String, Object> members() {
        return members;
    }
}
