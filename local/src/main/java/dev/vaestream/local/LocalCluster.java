package dev.vaestream.local;

import dev.vaestream.contracts.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A broker, an object store and the four services, each a child process on the loopback address.
 *
 * <p>A child that dies is started again. All children end with {@link #close}, and also when this process ends in
 * any other way. The directory has one cluster at a time; what an earlier one left running is ended first.
 */
public final class LocalCluster implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 250;

    private final StateDirectory directory;
    private final ClusterLock lock;
    private final ClusterSetup setup;
    private final MemberCommands commands;
    private final Supervisor supervisor;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalCluster(
            StateDirectory directory,
            ClusterLock lock,
            ClusterSetup setup,
            MemberCommands commands,
            Supervisor supervisor) {
        this.directory = directory;
        this.lock = lock;
        this.setup = setup;
        this.commands = commands;
        this.supervisor = supervisor;
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
            Leftovers.end(directory, Supervisor.GRACE);
            ClusterSetup setup = ClusterSetup.prepare(directory, options);
            MemberCommands commands =
                    new MemberCommands(new Installation(options.installation()), directory, setup, options.arguments());
            cluster = new LocalCluster(
                    directory, lock, setup, commands, new Supervisor(directory, options::restarts, notices));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        try {
            cluster.startMembers(options);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    public Addresses addresses() {
        return setup.addresses();
    }

    /** A member's process; empty between its death and its next start. */
    public Optional<ProcessHandle> process(Member member) {
        return supervisor.process(member);
    }

    /** How often a member has been started again. */
    public int restarts(Member member) {
        return supervisor.child(member).restarts();
    }

    /** Ends a member's process at once, as {@code kill -9} does; it is then started again. */
    public void kill(Member member) {
        process(member).ifPresent(ProcessHandle::destroyForcibly);
    }

    /**
     * Starts one more process of a service beside the one that is kept running. It is not started again when it ends, and
     * whoever asked for it ends it; it ends with this process in any case.
     *
     * @param port it listens on
     * @param environment added to the service's own
     * @param arguments for its Java virtual machine, after the service's own
     */
    public Process startAnother(Member member, int port, Map<String, String> environment, String... arguments) {
        try {
            return commands.another(member, port, environment, List.of(arguments))
                    .start();
        } catch (IOException e) {
            throw new CommandFailedException("cannot start another %s: %s".formatted(member.title(), Reason.of(e)), e);
        }
    }

    /**
     * Waits until members can be used, for two minutes at most.
     *
     * @throws CommandFailedException where that does not happen
     */
    public void awaitUsable(Member... members) {
        Probe probe = new Probe(setup.state().ports());
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        for (Member member : members) {
            Optional<String> trouble = trouble(probe, member);
            while (trouble.isPresent()) {
                throwFailure();
                if (System.nanoTime() - deadline > 0) {
                    throw new CommandFailedException("%s was not ready after %d s (%s); see %s"
                            .formatted(
                                    member.title(),
                                    START_TIMEOUT.toSeconds(),
                                    trouble.get(),
                                    directory.log(member.title())));
                }
                pause();
                trouble = trouble(probe, member);
            }
        }
    }

    private Optional<String> trouble(Probe probe, Member member) {
        return process(member).isEmpty() ? Optional.of("it does not run") : probe.trouble(member);
    }

    /** @throws CommandFailedException where a child keeps dying and was given up */
    public void throwFailure() {
        supervisor.throwFailure();
    }

    /** Stops every child, first those that others do not need, and returns when all have ended. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            supervisor.close();
            lock.close();
        }
    }

    private void startMembers(ClusterOptions options) {
        startAndAwait(options.embedded());
        TopicMaker.make(addresses().bootstrapServers(), new Topics(""));
        startAndAwait(Stream.of(Member.CHECKPOINT, Member.INGEST, Member.TRAINER, Member.SAMPLER)
                .filter(options.services()::contains)
                .toArray(Member[]::new));
        supervisor.ready();
    }

    private void startAndAwait(Member... members) {
        List<ChildCommand> all = List.of(members).stream().map(commands::of).toList();
        for (int i = 0; i < members.length; i++) {
            supervisor.start(members[i], all.get(i));
        }
        awaitUsable(members);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while starting", e);
        }
    }
}
