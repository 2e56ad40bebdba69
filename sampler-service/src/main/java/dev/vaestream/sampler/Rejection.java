package dev.vaestream.sampler;

import java.time.Instant;

/**
 * A checkpoint that was tried and must not be served.
 *
 * @param detail what is wrong with it
 * @param retryAt when it is tried again
 */
record Rejection(Checkpoint checkpoint, String detail, Instant retryAt) {
    @Override
    public String toString() {
        return "%s: %s".formatted(checkpoint.name(), detail);
    }
}
