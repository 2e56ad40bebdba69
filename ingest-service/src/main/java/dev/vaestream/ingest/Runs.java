package dev.vaestream.ingest;

import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.ForkedFrom;
import dev.vaestream.contracts.RunControl;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.WantedState;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs that were ever queued. A run's name is taken for ever by its first spec; only one that failed or
 * was cancelled is queued again.
 */
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
     * <p>The same run again, once it has failed or was cancelled, goes on from its last checkpoint: what made it fail may
     * have been mended, and its name would be lost otherwise.
     *
     * @return false where the same run was there already
     * @throws RefusedException where another run has its name, it fits neither the stream nor the run that it is forked from,
     *     or Kafka does not answer
     */
    boolean queue(RunRequest request, StreamSpec stream) {
        QueuedRun known = runs.get(request.run());
        if (known != null) {
            return again(known, request);
        }
        RunAdmission.check(request.spec(), stream);
        checkFork(request.spec());
        QueuedRun fresh = QueuedRun.unsent(request);
        known = runs.putIfAbsent(request.run(), fresh);
        return known == null ? send(fresh) : again(known, request);
    }

    /**
     * Says what is wanted of a run from now on.
     *
     * @throws RefusedException where there is no such run, it has ended, or Kafka does not answer
     */
    RunControl control(String run, WantedState wanted) {
        if (find(run).isEmpty()) {
            throw new RefusedException(Refusal.NO_RUN, "Run '%s' was never queued".formatted(run));
        }
        events.last(run).filter(RunEvent.State::ended).ifPresent(state -> {
            throw new RefusedException(
                    Refusal.RUN_ENDED,
                    "Run '%s' is %s; a failed or cancelled run goes on when it is queued again"
                            .formatted(run, state.name().toLowerCase(Locale.ROOT)));
        });
        return want(run, wanted);
    }

    /** Of a run that was never queued here only the trainers can know. */
    private void checkFork(RunSpec spec) {
        ForkedFrom fork = spec.forkedFrom();
        if (fork != null) {
            find(fork.run()).ifPresent(source -> RunAdmission.checkFork(spec, fork, source.spec()));
        }
    }

    private boolean send(QueuedRun queued) {
        RunRequest request = queued.request();
        CrashPoint.RUN_SEND.around(() -> {
            outbox.runEvent(new RunEvent(request.run(), RunEvent.State.QUEUED, 0, null, null, clock.instant()))
                    .thenCompose(done -> outbox.run(request))
                    .whenComplete((done, failure) -> settle(queued, failure));
            acknowledgement.await(queued.sent(), "the run");
        });
        return true;
    }

    private boolean again(QueuedRun known, RunRequest request) {
        if (!known.request().equals(request)) {
            throw new RefusedException(
                    Refusal.RUN_DIFFERS, "Run '%s' exists with another spec".formatted(request.run()));
        }
        acknowledgement.await(known.sent(), "the run");
        QueuedRun fresh = QueuedRun.unsent(request);
        if (!mayBeQueuedAgain(request.run()) || !runs.replace(request.run(), known, fresh)) {
            return false;
        }
        want(request.run(), WantedState.RUNNING);
        return send(fresh);
    }

    private boolean mayBeQueuedAgain(String run) {
        return events.last(run)
                .filter(state -> state == RunEvent.State.FAILED || state == RunEvent.State.CANCELLED)
                .isPresent();
    }

    private RunControl want(String run, WantedState wanted) {
        RunControl control = new RunControl(run, wanted, clock.instant());
        acknowledgement.await(outbox.runControl(control).toCompletableFuture(), "what is wanted of the run");
        return control;
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
