package dev.vaestream.sampler;

import dev.vaestream.contracts.RunStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at all parts of the pipeline at the same time, for so many requests at once. */
final class PipelineFinder {
    private static final int AT_ONCE = 4;

    private final PipelineLooks looks;
    private final RunBoard board;
    private final CurrentModel current;
    private final ModelFollower follower;
    private final Executor threads;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    PipelineFinder(
            PipelineLooks looks, RunBoard board, CurrentModel current, ModelFollower follower, Executor threads) {
        this.looks = looks;
        this.board = board;
        this.current = current;
        this.follower = follower;
        this.threads = threads;
    }

    /**
     * @param asked the run; without one it is that in work, else the served one
     * @throws BusyException where too many look already
     */
    PipelineDocument find(Optional<String> asked) {
        if (!turns.tryAcquire()) {
            throw new BusyException("%d requests look at the pipeline already".formatted(AT_ONCE));
        }
        try {
            return look(asked);
        } finally {
            turns.release();
        }
    }

    private PipelineDocument look(Optional<String> asked) {
        @Nullable ModelDocument served = served();
        @Nullable String run = asked.or(this::inWork).orElse(served == null ? null : served.run());
        CompletableFuture<Condition> ingest = start(looks::ingest);
        CompletableFuture<Condition> kafka = start(looks::kafka);
        CompletableFuture<Condition> trainer = start(looks::trainer);
        CompletableFuture<Condition> checkpoint = start(looks::checkpoint);
        Optional<RunSummary> summary = Optional.ofNullable(run).flatMap(board::summary);
        Optional<RunStatus> status = looks.run(run);
        PipelineView known = new PipelineView(run, summary, Optional.empty(), status);
        PipelineView view = new PipelineView(run, summary, looks.stream(known.streamName()), status);
        return new PipelineDocument(
                run,
                view.ingest(ingest.join()),
                view.kafka(kafka.join()),
                view.trainer(trainer.join()),
                view.checkpoint(checkpoint.join()),
                PipelineView.sampler(follower.state(), served));
    }

    private Optional<String> inWork() {
        return board.summaries().stream().filter(RunSummary::inWork).findFirst().map(RunSummary::run);
    }

    private @Nullable ModelDocument served() {
        return current.lease()
                .map(lease -> {
                    try (lease) {
                        return ModelDocument.of(lease.model());
                    }
                })
                .orElse(null);
    }

    private <T> CompletableFuture<T> start(Supplier<T> look) {
        return CompletableFuture.supplyAsync(look, threads);
    }
}
