package dev.vaestream.checkpoint;

import java.util.HashSet;
import java.util.Set;

/** The checkpoints of a run that somebody holds on to, so that they are not retired. */
final class Holds {
    private final PinStore pins;
    private final AliasStore aliases;

    Holds(PinStore pins, AliasStore aliases) {
        this.pins = pins;
        this.aliases = aliases;
    }

    /** Pins first: who moves an alias has a pin until the move is stored. */
    Set<Long> steps(String run) {
        Set<Long> steps = new HashSet<>(pins.steps(run));
        steps.addAll(aliases.heldSteps(run));
        return steps;
    }

    /** Clears away what holds nothing any more. */
    void clear(String run) {
        pins.clear(run);
    }

    /** Whether a hold of the run may end by itself. */
    boolean mayEnd(String run) {
        return !pins.steps(run).isEmpty();
    }
}
