package dev.vaestream.local;

import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of a run from its events and metrics, which may repeat themselves after a restart. */
final class RunView {
    private final long steps;
    private final RateMeter rate = new RateMeter();
    private final SortedMap<Integer, Losses> epochs = new TreeMap<>();

    private long step;
    private Duration earlier = Duration.ZERO;
    private @Nullable Instant startedAt;
    private @Nullable Instant lastStepAt;
    private @Nullable RunEvent last;
    private boolean lastMetricsSeen;

    /** @param steps that the run is to have in the end */
    RunView(long steps) {
        this.steps = steps;
    }

    void apply(RunEvent event) {
        last = event;
        if (event.state() == RunEvent.State.STARTED || event.state() == RunEvent.State.RESUMED) {
            earlier = trainingTime();
            startedAt = event.at();
            lastStepAt = null;
            step = event.step();
            rate.reset();
            rate.add(event.at(), step);
        }
    }

    /** @param at when it was measured */
    void apply(MetricsEvent event, Instant at) {
        step = event.step();
        lastStepAt = at;
        rate.add(at, step);
        if (event instanceof MetricsEvent.Epoch epoch) {
            epochs.put(epoch.epoch(), epoch.losses());
            lastMetricsSeen |= epoch.step() == steps;
        }
    }

    ProgressBar.Progress progress() {
        return new ProgressBar.Progress(step, steps, rate.perSecond());
    }

    /** The mean losses of every epoch that has ended. */
    SortedMap<Integer, Losses> epochs() {
        return Collections.unmodifiableSortedMap(epochs);
    }

    /** The newest of {@link #epochs}. */
    Optional<Losses> lastEpoch() {
        return epochs.values().stream().reduce((before, losses) -> losses);
    }

    /** From the start of training to the last step, without the time in which no trainer had the run. */
    Duration trainingTime() {
        return startedAt == null || lastStepAt == null
                ? earlier
                : earlier.plus(Duration.between(startedAt, lastStepAt));
    }

    /** Over the whole training; 0 where its time is not known. */
    double stepsPerSecond() {
        double seconds = trainingTime().toNanos() / 1e9;
        return seconds <= 0 ? 0 : step / seconds;
    }

    /** The step that a trainer has taken the run up again from; empty where that is not the newest that is known. */
    OptionalLong resumedFrom() {
        return last != null && last.state() == RunEvent.State.RESUMED
                ? OptionalLong.of(last.step())
                : OptionalLong.empty();
    }

    /** Whether the run has completed, and all its metrics have come. */
    boolean finished() {
        return completed() && lastMetricsSeen;
    }

    boolean completed() {
        return last != null && last.state() == RunEvent.State.COMPLETED;
    }

    /** Why the run has ended without being complete, if it has. */
    Optional<String> failure() {
        return Optional.ofNullable(last)
                .filter(event -> event.state().ended() && event.state() != RunEvent.State.COMPLETED)
                .map(event -> event.reason() == null ? "it was cancelled" : event.reason());
    }

    /** The digest of the final weights, once completed. */
    Optional<Sha256> weights() {
        return Optional.ofNullable(last).map(RunEvent::weights);
    }
}
