package dev.vaestream.integrationtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a Java process that ends when the tests do, and is not started again when it dies. */
final class ChildJvm {
    private static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError", "-Xmx256m");

    private ChildJvm() {}

    /** What it prints is appended to {@code log}. */
    static Process start(Path log, List<String> arguments) {
        return start(log, arguments, List.of());
    }

    /** One whose files grow no further than so many bytes, as on a disk that is full. */
    static Process startOnFullDisk(Path log, List<String> arguments, long bytes) {
        String blocks = Long.toString(bytes / 512);
        return start(log, arguments, List.of("sh", "-c", "ulimit -f $0; exec \"$@\"", blocks));
    }

    private static Process start(Path log, List<String> arguments, List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-javaagent:" + Pipeline.home().resolve("local/target/local-agent.jar"));
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as {@code kill -9} does, and returns when it has ended. */
    static void kill(Process process) {
        process.destroyForcibly().onExit().join();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
