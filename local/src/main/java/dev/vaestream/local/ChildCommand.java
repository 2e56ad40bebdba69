package dev.vaestream.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param command the program and its arguments
 * @param environment added to this process's own
 * @param log what it prints is appended there
 */
record ChildCommand(List<String> command, Map<String, String> environment, Path log) {
    /** Ctrl-C reaches every process of a terminal; only the one in front may act on it, so that it can stop the others in order. */
    private static final List<String> WITHOUT_INTERRUPT = List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh");
    /** The same for a process that outlives its terminal. */
    private static final List<String> DETACHED = List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    ChildCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** Starts it with a pipe as standard input, which ends when this process does. */
    Process start() throws IOException {
        return builder(WITHOUT_INTERRUPT).start();
    }

    /** Starts it so that it goes on when this process and its terminal are gone. */
    Process startDetached() throws IOException {
        return builder(DETACHED).redirectInput(new File("/dev/null")).start();
    }

    private ProcessBuilder builder(List<String> shell) {
        List<String> all = new ArrayList<>(shell);
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder;
    }
}
