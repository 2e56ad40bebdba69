package dev.vaestream.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends processes of this machine, and recognizes them by pid and time of start. */
final class Processes {
    /** The system derives the time of a start from its clock, which may have been set since. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    private Processes() {}

    static ProcessId id(String name, ProcessHandle handle) {
        return new ProcessId(name, handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
    }

    /** The process that {@code id} was made of; empty where it has ended, even if its pid now is another's. */
    static Optional<ProcessHandle> find(ProcessId id) {
        return ProcessHandle.of(id.pid())
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .startInstant()
                        .filter(started -> isNear(started, id.started()))
                        .isPresent());
    }

    /** Asks it to end, and ends it by force after {@code grace}. Returns when it has ended. */
    static void end(ProcessHandle handle, Duration grace) {
        handle.destroy();
        if (!ended(handle, grace)) {
            handle.destroyForcibly();
            ended(handle, grace);
        }
    }

    /** Whether it ends within {@code timeout}. */
    static boolean ended(ProcessHandle handle, Duration timeout) {
        CompletableFuture<ProcessHandle> exit = handle.onExit();
        try {
            exit.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            return !handle.isAlive();
        }
    }

    private static boolean isNear(Instant a, Instant b) {
        return Duration.between(a, b).abs().compareTo(CLOCK_TOLERANCE) <= 0;
    }
}
