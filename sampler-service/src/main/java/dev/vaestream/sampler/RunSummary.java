package dev.vaestream.sampler;

import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StreamSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as the topics tell of it, as JSON; what they have not told is absent.
 *
 * @param step steps made when it last said so
 * @param steps that it is to have in the end
 * @param firstSequence the stream's batch that its first step takes
 * @param reason why it failed
 * @param at when its state began
 * @param batchSize images in a step
 * @param epochBatches steps in an epoch of the stream
 * @param window what it measured last
 */
record RunSummary(
        String run,
        RunEvent.@Nullable State state,
        long step,
        @Nullable Long steps,
        @Nullable String stream,
        @Nullable Long firstSequence,
        @Nullable Double klWeight,
        @Nullable String reason,
        @Nullable Instant at,
        @Nullable Integer batchSize,
        @Nullable Integer epochBatches,
        MetricsEvent.@Nullable Window window) {

    static RunSummary of(
            String run,
            @Nullable RunSpec spec,
            @Nullable StreamSpec stream,
            @Nullable RunEvent state,
            MetricsEvent.@Nullable Window window) {
        return new RunSummary(
                run,
                state == null ? null : state.state(),
                Math.max(state == null ? 0 : state.step(), window == null ? 0 : window.step()),
                spec == null ? null : spec.steps(),
                spec == null ? null : spec.stream(),
                spec == null ? null : spec.firstSequence(),
                spec == null ? null : spec.klWeight(),
                state == null ? null : state.reason(),
                state == null ? null : state.at(),
                stream == null ? null : stream.batchSize(),
                stream == null ? null : stream.epochBatches(),
                window);
    }

    /** Whether a trainer is at it. */
    boolean inWork() {
        return state == RunEvent.State.STARTED || state == RunEvent.State.RESUMED;
    }

    /** Steps a second; absent where none are made. */
    @Nullable
    Double rate() {
        return inWork() && window != null && batchSize != null ? window.examplesPerSecond() / batchSize : null;
    }
}
