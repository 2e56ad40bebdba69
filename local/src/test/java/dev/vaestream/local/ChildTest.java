package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Recording listener = new Recording();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
        listener.children.forEach(child -> child.stop(Duration.ofSeconds(5)));
    }

    @Test
    void aKilledChildIsStartedAgain() {
        Child child = child("sleep");
        child.start();
        long first = child.handle().orElseThrow().pid();

        child.handle().orElseThrow().destroyForcibly();

        await().atMost(SOON)
                .until(() -> child.handle()
                        .map(ProcessHandle::pid)
                        .filter(pid -> pid != first)
                        .isPresent());
        assertThat(child.restarts()).isEqualTo(1);
        assertThat(listener.exitCodes).containsExactly(137);
        assertThat(listener.failures).isEmpty();
    }

    @Test
    void aStoppedChildStaysStopped() {
        Child child = child("sleep");
        child.start();
        ProcessHandle handle = child.handle().orElseThrow();

        child.stop(Duration.ofSeconds(10));

        assertThat(handle.isAlive()).isFalse();
        assertThat(child.handle()).isEmpty();
        assertThat(child.restarts()).isZero();
        assertThat(listener.exitCodes).isEmpty();
    }

    @Test
    void aChildThatKeepsDyingIsGivenUpWithItsLog() {
        Child child = child("exit");
        child.start();

        await().atMost(SOON.multipliedBy(2)).until(() -> !listener.failures.isEmpty());

        assertThat(listener.failures.get(0))
                .hasMessage("trainer ended 6 times in a row, last with exit code 7; see %s", directory.resolve("log"));
        assertThat(child.restarts()).isEqualTo(RestartPolicy.LIMIT - 1);
    }

    @Test
    void aProgramThatIsNotThereEndsTheSameWay() {
        Child child = new Child(
                Member.TRAINER,
                new ChildCommand(List.of("/nowhere/java"), java.util.Map.of(), directory.resolve("log")),
                new RestartPolicy(Duration.ofMillis(1)),
                scheduler,
                Clock.systemUTC(),
                listener);
        child.start();

        await().atMost(SOON).until(() -> !listener.failures.isEmpty());

        assertThat(directory.resolve("log")).content().contains("/nowhere/java");
    }

    private Child child(String what) {
        return new Child(
                Member.TRAINER,
                FakeChild.command(directory.resolve("log"), what),
                new RestartPolicy(Duration.ofMillis(1)),
                scheduler,
                Clock.systemUTC(),
                listener);
    }

    private static final class Recording implements Child.Listener {
        private final List<Child> children = new CopyOnWriteArrayList<>();
        private final List<Integer> exitCodes = new CopyOnWriteArrayList<>();
        private final List<CommandFailedException> failures = new CopyOnWriteArrayList<>();

        @Override
        public void started(Child child) {
            children.add(child);
        }

        @Override
        public void died(Child child, int exitCode) {
            exitCodes.add(exitCode);
        }

        @Override
        public void gaveUp(CommandFailedException failure) {
            failures.add(failure);
        }
    }
}
