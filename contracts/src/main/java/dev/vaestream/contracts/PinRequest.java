package dev.vaestream.contracts;

import java.time.Duration;

/**
 * A reader's wish that a checkpoint stays: the body of {@code PUT /v1/runs/{run}/pins/{reader}}.
 *
 * @param ttl how long, unless the reader asks again; less than {@link #MIN_TTL} and more than {@link #MAX_TTL} count as
 *     those
 */
public record PinRequest(long step, Duration ttl) {
    public static final Duration MIN_TTL = Duration.ofSeconds(10);
    public static final Duration MAX_TTL = Duration.ofHours(1);

    public PinRequest {
        Checks.atLeast("step", 0, step);
        ttl = ttl.compareTo(MIN_TTL) < 0 ? MIN_TTL : ttl.compareTo(MAX_TTL) > 0 ? MAX_TTL : ttl;
    }
}
