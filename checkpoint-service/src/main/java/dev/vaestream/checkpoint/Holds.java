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

    /**
     * What is held of a run.
     *
     * @param steps that somebody holds
     * @param mayEnd whether a hold among them may end by itself
     */
    record Held(Set<Long> steps, boolean mayEnd) {
        Held {
            steps = Set.copyOf(steps);
        }
    }

    /** Pins first: who moves an alias has a pin until the move is stored. */
    Held of(String run) {
        Set<Long> pinned = pins.steps(run);
        Set<Long> steps = new HashSet<>(pinned);
        steps.addAll(aliases.heldSteps(run));
        return new Held(steps, !pinned.isEmpty());
    }

    Set<Long> steps(String run) {
        return of(run).steps();
    }

    /** Clears away what holds nothing any more. */
    void clear(String run) {
        pins.clear(run);
    }
}
