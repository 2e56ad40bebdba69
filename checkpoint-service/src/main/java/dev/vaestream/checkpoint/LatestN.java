package dev.vaestream.checkpoint;

import java.util.List;

/**
 * Keeps the n newest checkpoints, all where there are no more; never none where there is one.
 *
 * @param n at least 1
 */
record LatestN(int n) {
    LatestN {
        if (n < 1) {
            throw new IllegalArgumentException("a run keeps at least 1 checkpoint, not " + n);
        }
    }

    /**
     * Which checkpoints to retire.
     *
     * @param checkpoints the oldest first
     */
    <T> List<T> retire(List<T> checkpoints) {
        return checkpoints.subList(0, Math.max(0, checkpoints.size() - n));
    }
}
