package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command as a person types it: a child process whose output goes to a file. */
record Command(Process process, File log) {
    /** Starts {@code ./vaestream} with these arguments in a directory. */
    static Command vaestream(Path directory, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Pipeline.home().resolve("vaestream").toString()));
        command.addAll(Arrays.asList(arguments));
        return start(directory, command);
    }

    static Command start(Path directory, List<String> command) {
        try {
            File log = Files.createTempFile(directory, "output", ".log").toFile();
            return new Command(
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log)
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String awaitSuccess() {
        int exit = await();
        assertThat(exit).as("exit code of a command that said:%n%s", output()).isZero();
        return output();
    }

    int await() {
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("still running after 5 minutes, having said:\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return process.exitValue();
    }

    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    String output() {
        try {
            return Files.readString(log.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
