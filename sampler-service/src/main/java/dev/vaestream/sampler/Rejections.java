package dev.vaestream.sampler;

import dev.vaestream.contracts.Sha256;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The checkpoints that failed a check. They are tried again after a while: their bytes may have been damaged on the way
 * only.
 */
final class Rejections {
    private final Clock clock;
    private final Duration retryAfter;
    private final Map<Sha256, Rejection> byManifest = new LinkedHashMap<>();

    Rejections(Clock clock, Duration retryAfter) {
        if (retryAfter.isNegative() || retryAfter.isZero()) {
            throw new IllegalArgumentException(
                    "a rejected checkpoint is tried again after %s; it must be longer than 0".formatted(retryAfter));
        }
        this.clock = clock;
        this.retryAfter = retryAfter;
    }

    /** Whether {@code checkpoint} failed and its time to be tried again has not come. */
    boolean hold(Checkpoint checkpoint) {
        return held(checkpoint).isPresent();
    }

    /** Why {@link #hold} says so. */
    synchronized Optional<Rejection> held(Checkpoint checkpoint) {
        return Optional.ofNullable(byManifest.get(checkpoint.manifest().digest()))
                .filter(rejection -> clock.instant().isBefore(rejection.retryAt()));
    }

    /** Whether it is the first time for this checkpoint. */
    synchronized boolean add(Checkpoint checkpoint, String detail) {
        Rejection rejection = new Rejection(checkpoint, detail, clock.instant().plus(retryAfter));
        return byManifest.put(checkpoint.manifest().digest(), rejection) == null;
    }

    /** Forgets all others. */
    synchronized void retain(Predicate<Checkpoint> relevant) {
        byManifest.values().removeIf(rejection -> !relevant.test(rejection.checkpoint()));
    }

    /** In the order in which they first failed. */
    synchronized List<Rejection> all() {
        return List.copyOf(byManifest.values());
    }
}
