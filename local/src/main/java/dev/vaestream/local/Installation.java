package dev.vaestream.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A built copy of the repository: where the programs and the built-in dataset are. */
record Installation(Path root) {
    Installation {
        root = root.toAbsolutePath().normalize();
    }

    /** The Java agent of every child. */
    Path agent() {
        return built(root.resolve("local/target/local-agent.jar"));
    }

    /** A service's runnable jar, the one that also goes into its image. */
    Path service(Member member) {
        return built(root.resolve(member.title() + "-service/target/quarkus-app/quarkus-run.jar"));
    }

    /** A class path with all that the trainer is made of. */
    String trainerLibraries() {
        return service(Member.TRAINER).resolveSibling("lib/main").resolve("*").toString();
    }

    /** Whether the services were built with {@code -Pgpu}. */
    boolean isForGpu() {
        Path libraries = service(Member.TRAINER).resolveSibling("lib/main");
        try (Stream<Path> files = Files.list(libraries)) {
            return files.anyMatch(file -> file.toString().endsWith("-gpu.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path mnist() {
        return root.resolve("datasets/mnist");
    }

    private Path built(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailedException(
                    "%s is not there; build it with: mvn -q -DskipTests package".formatted(file));
        }
        return file;
    }
}
