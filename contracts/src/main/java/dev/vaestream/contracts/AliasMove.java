package dev.vaestream.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One move of an alias, {@code runs/<run>/aliases/<alias>/<number>.json}: created once and never changed. The one with
 * the highest number says where the alias points.
 *
 * @param number 1 for the first
 * @param manifestDigest of the checkpoint at {@code step}
 * @param previousStep where the alias pointed before; absent for the first move
 * @param guard what held when it was moved
 * @param reason what its mover said
 */
public record AliasMove(
        String run,
        String alias,
        long number,
        long step,
        Sha256 manifestDigest,
        @Nullable Long previousStep,
        @Nullable AliasGuard guard,
        @Nullable String reason,
        Instant at) {
    private static final int MAX_REASON = 1_000;

    public AliasMove {
        Checks.name("run", run);
        Checks.name("alias", alias);
        Checks.atLeast("number", 1, number);
        Checks.atLeast("step", 0, step);
        checkReason(reason);
    }

    static void checkReason(@Nullable String reason) {
        if (reason != null) {
            Checks.between("number of characters of reason", 0, MAX_REASON, reason.length());
        }
    }
}
