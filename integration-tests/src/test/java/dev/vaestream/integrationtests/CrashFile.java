package dev.vaestream.integrationtests;

import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.CrashPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * The file that lets a process die where it next comes to a {@link CrashPoint}. Whoever dies takes the file away first.
 *
 * @param path that processes which may die are started with
 */
record CrashFile(Path path) {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** A name for what is broken there, as runs and streams have them. */
    static String name(CrashPoint point, String side) {
        return (point + "-" + side).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The argument that a process is started with. */
    String argument() {
        return "-D%s=%s".formatted(CrashPoint.PROPERTY, path);
    }

    /** @param side {@code before} or {@code after} */
    void arm(CrashPoint point, String side) {
        try {
            Path whole = Files.writeString(path.resolveSibling(path.getFileName() + ".part"), point + "." + side);
            Files.move(whole, path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a process dies at the point that is armed. */
    void awaitCrash() {
        await("crash").atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> !Files.exists(path));
    }
}
