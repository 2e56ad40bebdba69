package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    @TempDir
    Path root;

    private StateDirectory directory;

    @BeforeEach
    void create() {
        directory = new StateDirectory(root.resolve("state of mine"));
        directory.create();
    }

    @Test
    void aNewDirectoryHasTheDefaultPorts() {
        assertThat(directory.state()).isEqualTo(ClusterState.NEW);
    }

    @Test
    void stateIsReadAsWritten() {
        ClusterState state =
                new ClusterState(new Ports(1, 2, 3, 4, 5, 6, 7), new TreeMap<>(Map.of("fashion", "/data/fashion")));

        directory.write(state);

        assertThat(directory.state()).isEqualTo(state);
    }

    @Test
    void runningProcessesAreReadAsWrittenAndForgotten() {
        RunningCluster running = new RunningCluster(
                new ProcessId("supervisor", 10, Instant.ofEpochMilli(1_234)),
                List.of(new ProcessId("broker", 11, Instant.ofEpochMilli(2_345))),
                true);

        directory.write(running);
        assertThat(directory.running()).contains(running);
        directory.forgetRunning();

        assertThat(directory.running()).isEmpty();
    }

    @Test
    void onlyTheOwnerReadsTheCredentials() throws IOException {
        directory.write(new Credentials("access", "secret"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.credentialsFile())))
                .isEqualTo("rw-------");
        assertThat(directory.credentials()).contains(new Credentials("access", "secret"));
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Files.writeString(directory.root().resolve("state.json"), "{\"ports\":");

        assertThatThrownBy(directory::state)
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("state.json is damaged")
                .hasMessageContaining("delete it");
    }

    @Test
    void aFileThatCannotBeWrittenLeavesNothingBehind() {
        Path target = root.resolve("nowhere").resolve("samples.png");

        assertThatThrownBy(() -> StateDirectory.writeWhole(target, new byte[1]))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("cannot write %s: there is no such file or directory", target);
        assertThat(root.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aFileInTheWayIsNamed() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");

        assertThatThrownBy(() -> new StateDirectory(file).create())
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith("cannot make directory " + file);
    }

    @Test
    void aShortLogStays() throws IOException {
        Files.writeString(directory.log("broker"), "short");

        directory.rotate("broker");

        assertThat(directory.log("broker")).hasContent("short");
    }

    @Test
    void aLongLogIsMovedAway() throws IOException {
        Files.write(directory.log("broker"), new byte[(16 << 20) + 1]);

        directory.rotate("broker");

        assertThat(directory.log("broker")).doesNotExist();
        assertThat(directory.log("previous-broker")).exists();
    }
}
