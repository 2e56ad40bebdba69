package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterLockTest {
    @TempDir
    Path directory;

    @Test
    void aLockIsTakenOnce() {
        Path file = directory.resolve("lock");
        try (ClusterLock lock = ClusterLock.take(file).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(ClusterLock.isTaken(file)).isTrue();
            assertThat(ClusterLock.take(file)).isEmpty();
        }

        assertThat(ClusterLock.isTaken(file)).isFalse();
    }

    @Test
    void whatWasNeverLockedIsFree() {
        assertThat(ClusterLock.isTaken(directory.resolve("lock"))).isFalse();
    }

    @Test
    void aSecondClusterInADirectoryIsRefused() {
        StateDirectory state = new StateDirectory(directory);
        state.create();
        try (ClusterLock lock = ClusterLock.take(state.lock()).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> LocalCluster.start(ClusterOptions.of(Path.of(".."), directory), notice -> {}))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessage("a cluster is running in %s; stop it with: ./vaestream down", directory);
        }
    }
}
