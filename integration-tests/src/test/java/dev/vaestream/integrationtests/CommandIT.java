package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that need no cluster; where the machine lacks something, one line says what, and nothing is left running. */
class CommandIT {
    @TempDir
    private Path directory;

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Command demo = Command.vaestream(directory, "demo", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(demo.await()).isEqualTo(1);
            assertThat(failure(demo)).contains("port %d is in use".formatted(taken.getLocalPort()));
        }
    }

    @Test
    void aDirectoryWithoutTheFilesIsNamed() {
        Command demo = Command.vaestream(directory, "demo", "--data", directory.toString());

        assertThat(demo.await()).isEqualTo(1);
        assertThat(failure(demo)).contains(directory.toString()).contains("train-images-idx3-ubyte");
    }

    /** In a mount of its own, where this system lets a user have one. */
    @Test
    void aFullDiskIsNamed() {
        assumeTrue(sh("mount -t tmpfs tmpfs .").await() == 0, "this system has no mounts of a user's own");
        String script = "mount -t tmpfs -o size=8m tmpfs . && exec '%s' demo --dir \"$PWD/state\""
                .formatted(Pipeline.home().resolve("vaestream"));
        Command demo = sh("mkdir full && cd full && " + script);

        assertThat(demo.await()).isEqualTo(1);
        assertThat(failure(demo)).contains("no space left: ").contains("free");
    }

    @Test
    void aModelIsShownWithItsParameters() {
        String table =
                Command.vaestream(directory, "model", "show", "--depth", "1").awaitSuccess();

        assertThat(table).contains("│ class_proj       │ Dense").endsWith("Total Parameters: 491,920 (2.0 MB)\n");
    }

    private Command sh(String script) {
        return Command.start(directory, List.of("unshare", "-Urm", "sh", "-c", script));
    }

    /** The last line, which must be the only one about the failure. */
    private static String failure(Command command) {
        assertThat(command.output()).doesNotContain("Exception").doesNotContain("\tat ");
        List<String> lines = command.output().lines().toList();
        assertThat(lines).filteredOn(line -> line.startsWith("vaestream: ")).hasSize(1);
        return lines.get(lines.size() - 1);
    }
}
