package dev.vaestream.local;

import java.nio.file.Path;
import java.util.List;

/** What this Java virtual machine would be started with once more. */
final class JavaProcess {
    /** Flags for a process that should need little memory and end when it has none. */
    static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Xshare:auto", "-Djava.awt.headless=true");

    private JavaProcess() {}

    static Path program() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    static String classPath() {
        return System.getProperty("java.class.path");
    }
}
