package dev.vaestream.ingest;

import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.StreamSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The runs that were ever queued. A run's name is taken for ever by its first spec; only a failed run is queued again. */
final class Runs {
    private final Outbox outbox;
    private final RunEvents events;
    private final Clock clock;
    private final Acknowledgement acknowledgement;
    private final Map<String, QueuedRun> runs = new ConcurrentHashMap<>();

    Runs(Outbox outbox, RunEvents events, Clock clock, Duration timeout) {
        this.outbox = outbox;
        this.events = events;
        this.clock = clock;
        this.acknowledgement = new Acknowledgement(timeout);
    }

    /** A run that is in the queue already; the first of a name counts. */
    void remember(RunRequest request) {
        runs.putIfAbsent(request.run(), new QueuedRun(request, CompletableFuture.completedFuture(null)));
    }

    /** A run whose place in the queue Kafka has acknowledged. */
    Optional<RunRequest> find(String run) {
        return Optional.ofNullable(runs.get(run))
                .filter(QueuedRun::acknowledged)
                .map(QueuedRun::request);
    }

    /**
     * Puts a run into the queue. Its event comes first: were it second, a quick trainer's could come before it. A kill
     * between the two leaves an event of a run that nobody was told of; the same request again completes it.
     *
     * <p>The same run again, once it has failed, goes on from its last checkpoint: what made it fail may have been
     * mended, and its name would be lost otherwise.
     *
     * @return false where the same run was there already
     * @throws RefusedException where another run has its name, it does not fit the stream, or Kafka does not answer
     */
    boolean queue(RunRequest request, StreamSpec stream) {
        QueuedRun known = runs.get(request.run());
        if (known != null) {
            return again(known, request);
        }
        RunAdmission.check(request.spec(), stream);
        QueuedRun fresh = QueuedRun.unsent(request);
        known = runs.putIfAbsent(request.run(), fresh);
        return known == null ? send(fresh) : again(known, request);
    }

    private boolean send(QueuedRun queued) {
        RunRequest request = queued.request();
        outbox.runEvent(new RunEvent(request.run(), RunEvent.State.QUEUED, 0, null, null, clock.instant()))
                .thenCompose(done -> outbox.run(request))
                .whenComplete((done, failure) -> settle(queued, failure));
        acknowledgement.await(queued.sent(), "the run");
        return true;
    }

    private boolean again(QueuedRun known, RunRequest request) {
        if (!known.request().equals(request)) {
            throw new RefusedException(
                    Refusal.RUN_DIFFERS, "Run '%s' exists with another spec".formatted(request.run()));
        }
        acknowledgement.await(known.sent(), "the run");
        QueuedRun fresh = QueuedRun.unsent(request);
        return events.failed(request.run()) && runs.replace(request.run(), known, fresh) && send(fresh);
    }

    private void settle(QueuedRun queued, @Nullable Throwable failure) {
        if (failure == null) {
            queued.sent().complete(null);
        } else {
            runs.remove(queued.request().run(), queued);
            queued.sent().completeExceptionally(failure);
        }
    }

    private record QueuedRun(RunRequest request, CompletableFuture<Void> sent) {
        static QueuedRun unsent(RunRequest request) {
            return new QueuedRun(request, new CompletableFuture<>());
        }

        boolean acknowledged() {
            return sent.isDone() && !sent.isCompletedExceptionally();
        }
    }
}
