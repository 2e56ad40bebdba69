package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentWatchTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void aChildEndsWhenItsParentIsKilled() throws Exception {
        Path pidFile = directory.resolve("pid");
        Process parent = FakeChild.command(directory.resolve("parent.log"), "parent", pidFile.toString())
                .start();
        await().atMost(SOON).until(() -> Files.exists(pidFile) && Files.size(pidFile) > 0);
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(Files.readString(pidFile))).orElseThrow();
        assertThat(child.isAlive()).isTrue();

        parent.destroyForcibly();

        await().atMost(SOON).until(() -> !child.isAlive());
    }

    @Test
    void anInterruptFromTheTerminalDoesNotEndAChild() throws Exception {
        Process child = FakeChild.command(directory.resolve("log"), "sleep").start();
        Process interrupt = new ProcessBuilder("kill", "-INT", Long.toString(child.pid())).start();

        assertThat(interrupt.waitFor()).isZero();
        Process look = new ProcessBuilder("kill", "-0", Long.toString(child.pid())).start();

        assertThat(look.waitFor()).isZero();
        assertThat(child.isAlive()).isTrue();
        child.destroy();
        assertThat(child.waitFor()).isNotZero();
    }
}
