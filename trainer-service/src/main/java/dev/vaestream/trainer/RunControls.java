package dev.vaestream.trainer;

import dev.vaestream.contracts.WantedState;

/** What the owners of runs want of them. */
interface RunControls {
    /**
     * Waits until all that was wanted before this call is known. A trainer that takes a run asks this first: the run may
     * have been cancelled long ago, and be wanted again.
     *
     * @throws UnavailableException where it does not come to be known
     */
    void catchUp();

    /**
     * What is wanted of {@code run}, as far as it is known by now.
     *
     * @throws UnavailableException until what was wanted before this trainer began is known
     */
    WantedState wanted(String run);
}
