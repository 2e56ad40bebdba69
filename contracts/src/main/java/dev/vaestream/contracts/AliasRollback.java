package dev.vaestream.contracts;

import org.jspecify.annotations.Nullable;

/**
 * A wish to point an alias at the checkpoint before its present one: the body of {@code POST
 * /v1/runs/{run}/aliases/{alias}/rollback}.
 *
 * @param reason for people who read the history
 */
public record AliasRollback(@Nullable String reason) {
    public AliasRollback {
        AliasMove.checkReason(reason);
    }
}
