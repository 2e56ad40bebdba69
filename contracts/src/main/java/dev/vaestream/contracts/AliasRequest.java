package dev.vaestream.contracts;

import org.jspecify.annotations.Nullable;

/**
 * A wish to point an alias at a checkpoint: the body of {@code PUT /v1/runs/{run}/aliases/{alias}}.
 *
 * @param guard what must hold; absent for nothing
 * @param reason for people who read the history
 */
public record AliasRequest(
        long step, @Nullable AliasGuard guard, @Nullable String reason) {
    public AliasRequest {
        Checks.atLeast("step", 0, step);
        AliasMove.checkReason(reason);
    }
}
