package dev.vaestream.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A short program with the trainer's libraries, in a process of its own: this one has no TensorFlow. */
record TensorFlowProgram(Installation installation, String program, List<String> arguments) {
    TensorFlowProgram {
        arguments = List.copyOf(arguments);
    }

    /**
     * Runs it to its end.
     *
     * @param input its standard input
     * @return what it printed
     * @throws CommandFailedException where it fails, with its exit code
     */
    String run(byte[] input) {
        List<String> command = new ArrayList<>();
        command.add(JavaProcess.program().toString());
        command.addAll(JavaProcess.SMALL);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", installation.trainerLibraries(), program));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
        try {
            Process process = builder.start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new CommandFailedException("%s ended with exit code %d".formatted(program, exit));
            }
            return output;
        } catch (IOException e) {
            throw new CommandFailedException("cannot run %s: %s".formatted(program, Reason.of(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while %s ran".formatted(program), e);
        }
    }
}
