package dev.vaestream.trainer;

import dev.vaestream.contracts.WantedState;
import java.time.Duration;
import java.util.function.Supplier;

/** What the run in work is to do: its trainer may have to stop, and its owner may want it to rest or to end. */
final class RunOrders {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final StopSignal stop;
    private final Supplier<WantedState> wanted;

    RunOrders(StopSignal stop, Supplier<WantedState> wanted) {
        this.stop = stop;
        this.wanted = wanted;
    }

    StopSignal stop() {
        return stop;
    }

    boolean goesOn() {
        return !stop.isStopped() && wanted.get() == WantedState.RUNNING;
    }

    boolean paused() {
        return !stop.isStopped() && wanted.get() == WantedState.PAUSED;
    }

    boolean cancelled() {
        return wanted.get() == WantedState.CANCELLED;
    }

    void awaitEndOfPause() {
        while (paused() && !Thread.currentThread().isInterrupted()) {
            stop.pause(LOOK);
        }
    }
}
