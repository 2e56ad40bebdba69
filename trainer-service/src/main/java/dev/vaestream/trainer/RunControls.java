package dev.vaestream.trainer;

import dev.vaestream.contracts.WantedState;

/** What the owners of runs want of them. */
interface RunControls {
    /**
     * What is wanted of {@code run}, as far as it is known by now.
     *
     * @throws UnavailableException until what was wanted before this trainer began is known
     */
    WantedState wanted(String run);
}
