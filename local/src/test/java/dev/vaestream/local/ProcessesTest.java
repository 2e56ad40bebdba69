package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
    @TempDir
    Path root;

    @Test
    void aProcessIsFoundByPidAndStart() {
        ProcessId id = Processes.id("me", ProcessHandle.current());

        assertThat(Processes.find(id)).contains(ProcessHandle.current());
    }

    @Test
    void aPidThatIsNowAnothersIsNotFound() {
        ProcessId id =
                new ProcessId("me", ProcessHandle.current().pid(), Instant.now().minusSeconds(100_000));

        assertThat(Processes.find(id)).isEmpty();
    }

    @Test
    void whatAKilledSupervisorLeftIsEndedAndNothingElse() throws Exception {
        StateDirectory directory = new StateDirectory(root);
        directory.create();
        Process ours = FakeChild.command(directory.log("ours"), "sleep").start();
        Process others = FakeChild.command(directory.log("others"), "sleep").start();
        ProcessId supervisor = new ProcessId("supervisor", 1, Instant.EPOCH);
        ProcessId mistaken = new ProcessId("trainer", others.pid(), Instant.EPOCH);
        directory.write(
                new RunningCluster(supervisor, List.of(Processes.id("broker", ours.toHandle()), mistaken), true));

        Leftovers.end(directory, Duration.ofSeconds(10));

        assertThat(ours.isAlive()).isFalse();
        assertThat(others.isAlive()).isTrue();
        assertThat(directory.running()).isEmpty();
        others.destroyForcibly();
    }
}
