package dev.vaestream.trainer;

import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent;

/** Is told what happens to a run while it is trained. */
interface RunReporter {
    void report(MetricsEvent event);

    /** @param step steps made by then */
    void report(RunEvent.State state, long step);
}
