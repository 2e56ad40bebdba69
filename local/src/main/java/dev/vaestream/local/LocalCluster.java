package dev.vaestream.local;

import dev.vaestream.contracts.Topics;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A broker, an object store and the four services, each a child process on the loopback address.
 *
 * <p>A child that dies is started again. All children end with {@link #close}, and also when this process ends in
 * any other way. The directory has one cluster at a time; what an earlier one left running is ended first.
 */
public final class LocalCluster implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 100;
    private static final List<Set<Member>> STOP_ORDER = List.of(
            EnumSet.of(Member.TRAINER, Member.SAMPLER, Member.INGEST),
            EnumSet.of(Member.CHECKPOINT),
            EnumSet.of(Member.STORE, Member.BROKER));

    private final StateDirectory directory;
    private final ClusterLock lock;
    private final Ports ports;
    private final MemberCommands commands;
    private final Consumer<String> notices;
    private final Map<Member, Child> children = new EnumMap<>(Member.class);
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "restarts"));
    private final AtomicReference<@Nullable CommandFailedException> failure = new AtomicReference<>();
    private boolean ready;
    private boolean closed;

    private LocalCluster(ClusterOptions options, StateDirectory directory, ClusterLock lock, Consumer<String> notices) {
        this.directory = directory;
        this.lock = lock;
        this.notices = notices;
        Installation installation = new Installation(options.installation());
        ClusterState state = state(options, directory);
        this.ports = state.ports();
        this.commands = new MemberCommands(installation, directory, state, credentials(directory), options.arguments());
    }

    /**
     * Starts everything and returns when it can be used; the sampler then still waits for its first checkpoint.
     *
     * @param notices told, one line each, when a child dies and is started again; on any thread
     * @throws CommandFailedException where the directory has a cluster already, a port is in use, the build is missing
     *     or a child does not start
     */
    public static LocalCluster start(ClusterOptions options, Consumer<String> notices) {
        StateDirectory directory = new StateDirectory(options.directory());
        directory.create();
        ClusterLock lock = ClusterLock.take(directory.lock())
                .orElseThrow(() -> new CommandFailedException(
                        "a cluster is running in %s; stop it with: ./vaestream down".formatted(directory.root())));
        LocalCluster cluster;
        try {
            Leftovers.end(directory, GRACE);
            cluster = new LocalCluster(options, directory, lock, notices);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        try {
            cluster.startMembers(options.services());
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    public Addresses addresses() {
        return new Addresses(ports);
    }

    /** The object store's key pair: access key, then secret key. */
    public List<String> storeCredentials() {
        Credentials credentials = credentials(directory);
        return List.of(credentials.accessKey(), credentials.secretKey());
    }

    /** A member's process; empty between its death and its next start. */
    public Optional<ProcessHandle> process(Member member) {
        return Optional.ofNullable(children.get(member)).flatMap(Child::handle);
    }

    /** How often a member has been started again. */
    public int restarts(Member member) {
        return child(member).restarts();
    }

    /** Ends a member's process at once, as {@code kill -9} does; it is then started again. */
    public void kill(Member member) {
        process(member).ifPresent(ProcessHandle::destroyForcibly);
    }

    /**
     * Waits until a member can be used, for two minutes at most.
     *
     * @throws CommandFailedException where that does not happen
     */
    public void awaitUsable(Member... members) {
        Probe probe = new Probe(
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build(), ports);
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        for (Member member : members) {
            while (process(member).isEmpty() || !probe.usable(member)) {
                throwFailure();
                if (System.nanoTime() - deadline > 0) {
                    throw new CommandFailedException("%s was not ready after %d s; see %s"
                            .formatted(member.title(), START_TIMEOUT.toSeconds(), directory.log(member.title())));
                }
                pause();
            }
        }
    }

    /** @throws CommandFailedException where a child keeps dying and was given up */
    public void throwFailure() {
        CommandFailedException found = failure.get();
        if (found != null) {
            throw new CommandFailedException(Reason.of(found), found);
        }
    }

    /** Stops every child: first those that others do not need. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        scheduler.shutdownNow();
        for (Set<Member> group : STOP_ORDER) {
            List<Thread> stops = group.stream()
                    .map(children::get)
                    .filter(child -> child != null)
                    .map(child -> daemon(
                            () -> child.stop(GRACE), "stop-" + child.member().title()))
                    .toList();
            stops.forEach(Thread::start);
            stops.forEach(LocalCluster::join);
        }
        directory.forgetRunning();
        lock.close();
    }

    private void startMembers(boolean services) {
        Arrays.stream(Member.values())
                .filter(member -> services || !member.service())
                .forEach(member -> children.put(
                        member, new Child(member, commands.of(member), scheduler, Clock.systemUTC(), new Watch())));
        start(Member.BROKER, Member.STORE);
        awaitUsable(Member.BROKER, Member.STORE);
        TopicMaker.make(addresses().bootstrapServers(), new Topics(""));
        if (services) {
            start(Member.CHECKPOINT, Member.INGEST, Member.TRAINER, Member.SAMPLER);
            awaitUsable(Member.CHECKPOINT, Member.INGEST, Member.TRAINER, Member.SAMPLER);
        }
        synchronized (this) {
            ready = true;
        }
        remember();
    }

    private void start(Member... members) {
        for (Member member : members) {
            directory.rotate(member.title());
            child(member).start();
        }
    }

    private Child child(Member member) {
        Child child = children.get(member);
        if (child == null) {
            throw new IllegalArgumentException("this cluster has no " + member.title());
        }
        return child;
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

    private static ClusterState state(ClusterOptions options, StateDirectory directory) {
        ClusterState before = directory.state();
        boolean fresh = before.equals(ClusterState.NEW);
        Ports wanted = fresh && options.anyPorts() ? Ports.ANY : before.ports();
        SortedMap<String, String> datasets = new TreeMap<>(before.datasets());
        options.datasets()
                .forEach((name, files) ->
                        datasets.put(name, files.toAbsolutePath().normalize().toString()));
        Ports ports = new PortChooser(Loopback::isFree, Loopback::anyPort).choose(wanted, options.wantedSamplerPort());
        ClusterState state = new ClusterState(ports, datasets);
        directory.write(state);
        return state;
    }

    private static Credentials credentials(StateDirectory directory) {
        try {
            Files.createDirectories(MemberCommands.bucket(directory));
        } catch (IOException e) {
            throw new CommandFailedException("cannot make the bucket: " + Reason.of(e), e);
        }
        return directory.credentials().orElseGet(() -> {
            Credentials made = Credentials.random(new SecureRandom());
            directory.write(made);
            return made;
        });
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

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while starting", e);
        }
    }

    private final class Watch implements Child.Listener {
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
            notices.accept(Reason.of(found));
        }
    }
}
