package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
    @TempDir
    Path directory;

    @Test
    void everyEpochNeedsRoomForItsCompressedImages() {
        long one = DiskSpace.needed(47_040_016, 1);
        long ten = DiskSpace.needed(47_040_016, 10);

        assertThat(ten - one).isBetween(9L * 14_000_000, 9L * 47_040_016);
    }

    @Test
    void tooLittleRoomIsToldInOneLine() {
        assertThatThrownBy(() -> DiskSpace.require(directory, Long.MAX_VALUE))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith("no space left: " + directory)
                .hasMessageContaining("--dir");
    }

    @Test
    void enoughRoomIsEnough() {
        assertThatCode(() -> DiskSpace.require(directory, 1)).doesNotThrowAnyException();
    }
}
