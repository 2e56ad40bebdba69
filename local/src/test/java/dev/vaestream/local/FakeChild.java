package dev.vaestream.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process that does what its first argument says: {@code sleep}, {@code exit} or {@code parent}. */
final class FakeChild {
    private FakeChild() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "exit" -> System.exit(7);
            case "parent" -> startChildAndSleep(Path.of(arguments[1]));
            default -> Thread.sleep(Duration.ofMinutes(5).toMillis());
        }
    }

    /** Starts a watched child whose parent this process is, and writes the child's pid to {@code file}. */
    private static void startChildAndSleep(Path file) throws Exception {
        Process child = command(file.resolveSibling("child.log"), "sleep").start();
        Files.writeString(file, Long.toString(child.pid()));
        Thread.sleep(Duration.ofMinutes(5).toMillis());
        child.destroy();
    }

    static ChildCommand command(Path log, String... arguments) {
        List<String> command = new ArrayList<>(List.of(JavaProcess.program().toString()));
        command.add("-javaagent:" + new Installation(Path.of("..")).agent());
        command.addAll(List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", JavaProcess.classPath(), FakeChild.class.getName()));
        command.addAll(List.of(arguments));
        return new ChildCommand(command, Map.of(), log);
    }
}
