package dev.vaestream.trainer;

import java.util.NavigableSet;
import java.util.TreeSet;

/** A run has checkpoints, and storage has lost something of each. */
final class NothingWholeException extends UnavailableException {
    private static final long serialVersionUID = 1;

    private final transient NavigableSet<Long> steps;

    /** @param steps of all checkpoints of the run */
    NothingWholeException(NavigableSet<Long> steps, LostBlobException lost) {
        super(String.valueOf(lost.getMessage()), lost);
        this.steps = new TreeSet<>(steps);
    }

    NavigableSet<Long> steps() {
        return steps;
    }
}
