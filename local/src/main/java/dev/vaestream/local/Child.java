package dev.vaestream.local;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A child process that is started again when it dies. It is stopped only by {@link #stop}. */
final class Child {
    private final Member member;
    private final ChildCommand command;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final Listener listener;
    private final RestartPolicy policy;

    private @Nullable Process process;
    private Instant startedAt;
    private boolean stopping;
    private int restarts;

    Child(
            Member member,
            ChildCommand command,
            RestartPolicy policy,
            ScheduledExecutorService scheduler,
            Clock clock,
            Listener listener) {
        this.member = member;
        this.command = command;
        this.policy = policy;
        this.scheduler = scheduler;
        this.clock = clock;
        this.listener = listener;
        this.startedAt = clock.instant();
    }

    Member member() {
        return member;
    }

    ChildCommand command() {
        return command;
    }

    synchronized int restarts() {
        return restarts;
    }

    /** Empty before the start, and between a death and the next start. */
    synchronized Optional<ProcessHandle> handle() {
        return Optional.ofNullable(process).map(Process::toHandle).filter(ProcessHandle::isAlive);
    }

    void start() {
        synchronized (this) {
            if (stopping) {
                return;
            }
            startedAt = clock.instant();
            try {
                Process started = command.start();
                process = started;
                Future<?> unused = started.onExit().thenAccept(this::died);
            } catch (IOException e) {
                listener.gaveUp(
                        new CommandFailedException("cannot start %s: %s".formatted(member.title(), e.getMessage()), e));
                return;
            }
        }
        listener.started(this);
    }

    /** Asks it to end, and ends it by force after {@code grace}. */
    void stop(Duration grace) {
        Process stopped;
        synchronized (this) {
            stopping = true;
            stopped = process;
        }
        if (stopped != null) {
            Processes.end(stopped.toHandle(), grace);
        }
    }

    private void died(Process dead) {
        Optional<Duration> pause;
        synchronized (this) {
            if (stopping || dead != process) {
                return;
            }
            pause = policy.afterDeath(Duration.between(startedAt, clock.instant()));
        }
        if (pause.isPresent()) {
            listener.died(this, dead.exitValue());
            Future<?> unused = scheduler.schedule(this::restart, pause.get().toMillis(), TimeUnit.MILLISECONDS);
        } else {
            listener.gaveUp(new CommandFailedException("%s ended %d times in a row, last with exit code %d; see %s"
                    .formatted(member.title(), RestartPolicy.LIMIT, dead.exitValue(), command.log())));
        }
    }

    private void restart() {
        synchronized (this) {
            restarts++;
        }
        start();
    }

    /** Hears of a child's fate, on any thread. */
    interface Listener {
        void started(Child child);

        /** It will be started again. */
        void died(Child child, int exitCode);

        /** It will not. */
        void gaveUp(CommandFailedException failure);
    }
}
