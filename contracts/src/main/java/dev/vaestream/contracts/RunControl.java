package dev.vaestream.contracts;

import java.time.Instant;

/** A value on topic {@code run-controls}: the newest one of a run is what is wanted of it. */
public record RunControl(String run, WantedState wanted, Instant at) {
    public RunControl {
        Checks.name("run", run);
    }
}
