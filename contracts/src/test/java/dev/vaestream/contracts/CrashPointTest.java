package dev.vaestream.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashPointTest {
    @TempDir
    private Path directory;

    private final List<Integer> ends = new ArrayList<>();
    private CrashPoint.Crash crash;

    @BeforeEach
    void setUp() {
        crash = new CrashPoint.Crash(directory.resolve("crash"), ends::add);
    }

    @Test
    void withoutAFileNothingHappens() {
        CrashPoint.MANIFEST_PUT.hit(crash, "before");
        assertThat(ends).isEmpty();
    }

    @Test
    void thePointThatTheFileNamesEndsTheProcess() throws IOException {
        Files.writeString(crash.file(), "MANIFEST_PUT.before\n");
        CrashPoint.MANIFEST_PUT.hit(crash, "before");
        assertThat(ends).containsExactly(137);
    }

    @Test
    void otherPointsAndTheOtherSideGoOn() throws IOException {
        Files.writeString(crash.file(), "MANIFEST_PUT.before");
        CrashPoint.MANIFEST_PUT.hit(crash, "after");
        CrashPoint.BLOB_PUT.hit(crash, "before");
        assertThat(ends).isEmpty();
    }

    @Test
    void aFileIsTakenOnce() throws IOException {
        Files.writeString(crash.file(), "STEP.after");
        CrashPoint.STEP.hit(crash, "after");
        CrashPoint.STEP.hit(crash, "after");
        assertThat(ends).hasSize(1);
    }

    @Test
    void aroundGivesWhatTheActionGives() {
        assertThat(CrashPoint.STEP.<Integer>around(() -> 3)).isEqualTo(3);
    }
}
