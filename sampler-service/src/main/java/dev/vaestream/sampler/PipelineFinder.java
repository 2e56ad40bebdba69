package dev.vaestream.sampler;

import dev.vaestream.contracts.RunStatus;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at all parts of the pipeline at the same time; who asks while somebody looks is told what that one sees. */
final class PipelineFinder {
    private static final int AT_ONCE = 32;

    private final PipelineLooks looks;
    private final RunBoard board;
    private final CurrentModel current;
    private final ModelFollower follower;
    private final Executor threads;
    private final Map<Optional<String>, CompletableFuture<PipelineDocument>> underWay = new ConcurrentHashMap<>();
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
            throw new BusyException("%d requests ask for the pipeline already".formatted(AT_ONCE));
        }
        try {
            CompletableFuture<PipelineDocument> own = new CompletableFuture<>();
            CompletableFuture<PipelineDocument> before = underWay.putIfAbsent(asked, own);
            return before == null ? look(asked, own) : seenBy(before);
        } finally {
            turns.release();
        }
    }

    private PipelineDocument look(Optional<String> asked, CompletableFuture<PipelineDocument> others) {
        try {
            PipelineDocument seen = look(asked);
            others.complete(seen);
            return seen;
        } finally {
            underWay.remove(asked);
            // Only where it failed; what has been seen stays so.
            others.cancel(false);
        }
    }

    private static PipelineDocument seenBy(CompletableFuture<PipelineDocument> other) {
        try {
            return other.join();
        } catch (CancellationException e) {
            throw new BusyException("Looking at the pipeline failed; try again");
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
