package dev.vaestream.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A cluster whose supervisor is a process of its own, known by what it wrote into the state directory. */
final class BackgroundCluster implements ClusterAccess {
    static final String LOG = "supervisor";

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 200;

    private final StateDirectory directory;

    private BackgroundCluster(StateDirectory directory) {
        this.directory = directory;
    }

    /** The cluster that runs in {@code directory}, started by whichever command; empty where none does. */
    static Optional<BackgroundCluster> find(StateDirectory directory) {
        return ClusterLock.isTaken(directory.lock()) ? Optional.of(new BackgroundCluster(directory)) : Optional.empty();
    }

    /** Starts a supervisor, with {@code arguments} of the command {@code supervise}, and waits until all is usable. */
    static BackgroundCluster start(StateDirectory directory, Path installation, List<String> arguments) {
        directory.create();
        Path log = directory.log(LOG);
        List<String> command = new ArrayList<>(List.of(JavaProcess.program().toString()));
        command.addAll(JavaProcess.SMALL);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx64m", "-Dvaestream.home=" + installation));
        command.addAll(List.of("-cp", JavaProcess.classPath(), Vaestream.class.getName(), "supervise"));
        command.addAll(List.of("--dir", directory.root().toString()));
        command.addAll(arguments);
        try {
            Files.deleteIfExists(log);
            Process supervisor = new ChildCommand(command, java.util.Map.of(), log).startDetached();
            BackgroundCluster cluster = new BackgroundCluster(directory);
            Thread interrupted = new Thread(supervisor::destroy, "interrupted");
            Runtime.getRuntime().addShutdownHook(interrupted);
            cluster.awaitReady(supervisor);
            Runtime.getRuntime().removeShutdownHook(interrupted);
            return cluster;
        } catch (IOException e) {
            throw new CommandFailedException("cannot start the supervisor: " + Reason.of(e), e);
        }
    }

    /** Waits until the start, by whichever command, is over. */
    void awaitReady() {
        awaitReady(null);
    }

    @Override
    public Addresses addresses() {
        return new Addresses(directory.state().ports());
    }

    @Override
    public Collection<Long> pids() {
        return directory.running().stream()
                .flatMap(running -> Stream.concat(Stream.of(running.supervisor()), running.members().stream()))
                .flatMap(id -> Processes.find(id).stream())
                .map(ProcessHandle::pid)
                .toList();
    }

    @Override
    public void check() {
        if (!ClusterLock.isTaken(directory.lock())) {
            throw new CommandFailedException(
                    "the cluster in %s has ended; see %s".formatted(directory.root(), directory.log(LOG)));
        }
    }

    /** The cluster goes on. */
    @Override
    public void close() {}

    /** Stops it. */
    void stop() {
        stop(directory);
    }

    /** Stops the cluster of {@code directory}, and what is left of one whose supervisor was killed. */
    static void stop(StateDirectory directory) {
        directory
                .running()
                .flatMap(running -> Processes.find(running.supervisor()))
                .ifPresent(supervisor -> Processes.end(supervisor, STOP_TIMEOUT));
        ClusterLock.take(directory.lock()).ifPresent(lock -> {
            try (lock) {
                Leftovers.end(directory, GRACE);
            }
        });
    }

    private void awaitReady(@Nullable Process supervisor) {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!ready()) {
            boolean ended = supervisor == null ? !ClusterLock.isTaken(directory.lock()) : !supervisor.isAlive();
            if (ended) {
                throw new CommandFailedException(lastLine(directory.log(LOG)));
            }
            if (System.nanoTime() - deadline > 0) {
                throw new CommandFailedException("the cluster was not ready after %d s; see %s"
                        .formatted(START_TIMEOUT.toSeconds(), directory.log(LOG)));
            }
            pause();
        }
    }

    private boolean ready() {
        return directory
                .running()
                .filter(RunningCluster::ready)
                .flatMap(running -> Processes.find(running.supervisor()))
                .isPresent();
    }

    /** What the supervisor said at its end. */
    private static String lastLine(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.reduce((before, line) -> line)
                    .map(line -> line.startsWith(Vaestream.PREFIX) ? line.substring(Vaestream.PREFIX.length()) : line)
                    .orElse("the supervisor ended without a word; see " + log);
        } catch (IOException e) {
            return "the supervisor ended; see " + log;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while waiting for the cluster", e);
        }
    }
}
