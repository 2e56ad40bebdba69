package dev.vaestream.trainer;

import dev.vaestream.contracts.WantedState;
import java.util.function.Supplier;

/** What is wanted is the same of every run, and always known. */
record KnownControls(Supplier<WantedState> wanted) implements RunControls {
    @Override
    public void catchUp() {}

    @Override
    public WantedState wanted(String run) {
        return wanted.get();
    }
}
