package dev.vaestream.sampler;

import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.StreamStatus;
import dev.vaestream.sampler.PipelineDocument.Checkpoints;
import dev.vaestream.sampler.PipelineDocument.Ingest;
import dev.vaestream.sampler.PipelineDocument.Kafka;
import dev.vaestream.sampler.PipelineDocument.Served;
import dev.vaestream.sampler.PipelineDocument.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what was found at each part what is shown of it.
 *
 * @param summary what Kafka tells of the run
 * @param status what storage has of it
 */
record PipelineView(
        @Nullable String run, Optional<RunSummary> summary, Optional<StreamStatus> stream, Optional<RunStatus> status) {

    Ingest ingest(Condition condition) {
        List<String> problems = stream.map(StreamStatus::problem).stream().toList();
        long batches = stream.map(found -> found.spec().batches()).orElse(0L);
        return new Ingest(
                condition.and(problems),
                streamName(),
                stream.map(StreamStatus::published).orElse(null),
                batches == 0 ? null : batches);
    }

    Kafka kafka(Condition condition) {
        @Nullable Long consumed = consumed();
        return stream.isEmpty() || consumed == null
                ? new Kafka(condition, null)
                : new Kafka(condition, Math.max(0, within(stream.get().published() - firstSequence()) - consumed));
    }

    /** Of so many batches those that the run is to take. */
    private long within(long batches) {
        @Nullable Long steps = steps();
        return steps == null ? batches : Math.min(batches, steps);
    }

    Trainer trainer(Condition condition) {
        List<String> problems = new ArrayList<>();
        summary.map(RunSummary::reason).ifPresent(reason -> problems.add("run %s failed: %s".formatted(run, reason)));
        RunEvent.@Nullable State state = summary.map(RunSummary::state).orElse(null);
        @Nullable Double rate = summary.map(RunSummary::rate).orElse(null);
        return new Trainer(condition.and(problems), state, consumed(), steps(), rate);
    }

    Checkpoints checkpoint(Condition condition) {
        @Nullable Manifest newest = PipelineLooks.newest(status);
        return new Checkpoints(
                condition,
                newest == null ? null : newest.step(),
                newest == null ? null : newest.createdAt(),
                status.map(found -> found.steps().size()).orElse(null));
    }

    /** @param served absent before the first checkpoint */
    static Served sampler(FollowerState state, @Nullable ModelDocument served) {
        List<String> problems = new ArrayList<>();
        if (state.trouble() != null) {
            problems.add(state.trouble());
        }
        state.rejections().forEach(rejection -> problems.add("checkpoint " + rejection));
        problems.addAll(state.unreadable());
        if (served == null) {
            problems.add("no checkpoint is served yet");
            return new Served(Condition.UP.and(problems), null, null, null, null);
        }
        return new Served(
                Condition.UP.and(problems), served.run(), served.step(), served.committedAt(), served.loadedAt());
    }

    /** The stream's name by whoever knows it. */
    @Nullable
    String streamName() {
        return summary.map(RunSummary::stream)
                .or(() -> status.map(found -> found.identity().spec().stream()))
                .orElse(null);
    }

    private long firstSequence() {
        return summary.map(RunSummary::firstSequence)
                .or(() -> status.map(found -> found.identity().spec().firstSequence()))
                .orElse(0L);
    }

    private @Nullable Long consumed() {
        @Nullable Manifest newest = PipelineLooks.newest(status);
        if (summary.isEmpty() && newest == null) {
            return null;
        }
        return Math.max(summary.map(RunSummary::step).orElse(0L), newest == null ? 0 : newest.step());
    }

    private @Nullable Long steps() {
        return summary.map(RunSummary::steps)
                .or(() -> status.map(found -> found.identity().spec().steps()))
                .orElse(null);
    }
}
