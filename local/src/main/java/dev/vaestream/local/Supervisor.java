package dev.vaestream.local;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the children of a cluster running, writes down which they are, and stops them in order. */
final class Supervisor implements AutoCloseable, Child.Listener {
    static final Duration GRACE = Duration.ofSeconds(10);

    /** First those that others do not need. */
    private static final List<Set<Member>> STOP_ORDER = List.of(
            EnumSet.of(Member.TRAINER, Member.SAMPLER, Member.INGEST),
            EnumSet.of(Member.CHECKPOINT),
            EnumSet.of(Member.STORE, Member.BROKER));

    private final StateDirectory directory;
    private final Supplier<RestartPolicy> policies;
    private final Consumer<String> notices;
    private final Map<Member, Child> children = new ConcurrentHashMap<>();
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "restarts"));
    private final AtomicReference<@Nullable CommandFailedException> failure = new AtomicReference<>();
    private boolean ready;
    private boolean closed;

    /**
     * @param policies one for each child
     * @param notices told, one line each, when a child dies; on any thread
     */
    Supervisor(StateDirectory directory, Supplier<RestartPolicy> policies, Consumer<String> notices) {
        this.directory = directory;
        this.policies = policies;
        this.notices = notices;
    }

    void start(Member member, ChildCommand command) {
        directory.rotate(member.title());
        Child child = new Child(member, command, policies.get(), scheduler, Clock.systemUTC(), this);
        children.put(member, child);
        child.start();
    }

    Child child(Member member) {
        Child child = children.get(member);
        if (child == null) {
            throw new IllegalArgumentException("this cluster has no " + member.title());
        }
        return child;
    }

    Optional<ProcessHandle> process(Member member) {
        return Optional.ofNullable(children.get(member)).flatMap(Child::handle);
    }

    /** Writes down that the start is over. */
    void ready() {
        synchronized (this) {
            ready = true;
        }
        remember();
    }

    /** @throws CommandFailedException where a child keeps dying and was given up */
    void throwFailure() {
        CommandFailedException found = failure.get();
        if (found != null) {
            throw new CommandFailedException(Reason.of(found), found);
        }
    }

    @Override
    public void started(Child child) {
        remember();
    }

    @Override
    public void died(Child child, int exitCode) {
        notices.accept("%s ended with exit code %d and is started again; see %s"
                .formatted(child.member().title(), exitCode, child.command().log()));
    }

    @Override
    public void gaveUp(CommandFailedException found) {
        failure.compareAndSet(null, found);
    }

    /** Returns when every child has ended. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        scheduler.shutdownNow();
        for (Set<Member> group : STOP_ORDER) {
            List<Thread> stops = group.stream()
                    .flatMap(member -> Optional.ofNullable(children.get(member)).stream())
                    .map(child -> daemon(
                            () -> child.stop(GRACE), "stop-" + child.member().title()))
                    .toList();
            stops.forEach(Thread::start);
            stops.forEach(Supervisor::join);
        }
        directory.forgetRunning();
    }

    private synchronized void remember() {
        if (closed) {
            return;
        }
        List<ProcessId> members = children.values().stream()
                .flatMap(child -> child.handle().stream()
                        .map(handle -> Processes.id(child.member().title(), handle)))
                .toList();
        directory.write(new RunningCluster(Processes.id("supervisor", ProcessHandle.current()), members, ready));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
