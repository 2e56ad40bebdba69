package dev.vaestream.trainer;

import java.time.Duration;

/** Waiting times between attempts: each twice the one before, up to a limit. */
record Backoff(Duration first, Duration limit) {
    private static final int MAX_DOUBLINGS = 20;

    Backoff {
        if (first.isNegative() || first.isZero() || limit.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "back-off is %s up to %s; it must be positive and not shrink".formatted(first, limit));
        }
    }

    /** @param failures in a row so far, at least 1 */
    Duration after(int failures) {
        Duration wait = first.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return wait.compareTo(limit) < 0 ? wait : limit;
    }
}
