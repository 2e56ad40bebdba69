package dev.vaestream.trainer;

/** How work on a run ended. */
enum Outcome {
    /** The run is complete or has failed for good, and its event is published: the queue may forget it. */
    ENDED,
    /** The run goes on elsewhere or after a restart, from its last checkpoint: the queue must keep it. */
    LEFT,
    /** Another trainer has the run, so whatever this process believes of its place among the trainers is old. */
    FENCED
}
