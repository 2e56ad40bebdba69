package dev.vaestream.sampler;

import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StreamSpec;
import org.jspecify.annotations.Nullable;

/** What the topics say of one run. Not for more than one thread at a time. */
final class RunHistory {
    private final String run;
    private final Curve<MetricsEvent.Window> windows;
    private final Curve<MetricsEvent.Epoch> epochs;
    private final Curve<MetricsEvent.Evaluation> evaluations;
    private @Nullable RunSpec spec;
    private @Nullable RunEvent state;

    /** @param maxPoints of each curve */
    RunHistory(String run, int maxPoints) {
        this.run = run;
        this.windows = new Curve<>(maxPoints);
        this.epochs = new Curve<>(maxPoints);
        this.evaluations = new Curve<>(maxPoints);
    }

    void ask(RunSpec spec) {
        this.spec = spec;
    }

    void become(RunEvent state) {
        this.state = state;
    }

    /** Whether it is new. */
    boolean add(MetricsEvent event) {
        if (event instanceof MetricsEvent.Window window) {
            return windows.add(window);
        }
        if (event instanceof MetricsEvent.Epoch epoch) {
            return epochs.add(epoch);
        }
        return evaluations.add((MetricsEvent.Evaluation) event);
    }

    MetricsDocument metrics() {
        return new MetricsDocument(run, windows.events(), epochs.events(), evaluations.events());
    }

    @Nullable
    RunSpec spec() {
        return spec;
    }

    /** @param stream that the run is on; absent where nothing is known of it */
    RunSummary summary(@Nullable StreamSpec stream) {
        return RunSummary.of(run, spec, stream, state, windows.newest());
    }
}
