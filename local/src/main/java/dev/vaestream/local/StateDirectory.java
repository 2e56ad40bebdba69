package dev.vaestream.local;

import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The directory with everything that a cluster keeps. Files are replaced whole or not at all. */
record StateDirectory(Path root) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final long MAX_LOG_BYTES = 16L << 20;

    StateDirectory {
        root = root.toAbsolutePath().normalize();
    }

    Path broker() {
        return root.resolve("broker");
    }

    Path store() {
        return root.resolve("store");
    }

    Path lock() {
        return root.resolve("lock");
    }

    Path credentialsFile() {
        return root.resolve("credentials.json");
    }

    Path log(String name) {
        return root.resolve("logs").resolve(name + ".log");
    }

    /** Makes the directories. */
    void create() {
        try {
            Files.createDirectories(root.resolve("logs"));
            Files.createDirectories(broker());
            Files.createDirectories(store());
        } catch (IOException e) {
            throw new CommandFailedException("cannot make directory %s: %s".formatted(root, Reason.of(e)), e);
        }
    }

    /** Moves a long log away, so that logs cannot grow for ever. */
    void rotate(String name) {
        Path log = log(name);
        try {
            if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
                Files.move(log, log("previous-" + name), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new CommandFailedException("cannot move log %s: %s".formatted(log, Reason.of(e)), e);
        }
    }

    ClusterState state() {
        return read(root.resolve("state.json"), ClusterState.class).orElse(ClusterState.NEW);
    }

    void write(ClusterState state) {
        write(root.resolve("state.json"), state);
    }

    Optional<RunningCluster> running() {
        return read(root.resolve("processes.json"), RunningCluster.class);
    }

    void write(RunningCluster running) {
        write(root.resolve("processes.json"), running);
    }

    void forgetRunning() {
        try {
            Files.deleteIfExists(root.resolve("processes.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Credentials> credentials() {
        return read(credentialsFile(), Credentials.class);
    }

    /** Only this user may read them. */
    void write(Credentials credentials) {
        try {
            Files.deleteIfExists(credentialsFile());
            Files.createFile(credentialsFile(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.write(credentialsFile(), Json.write(credentials));
        } catch (IOException e) {
            throw failed(credentialsFile(), e);
        }
    }

    private static void write(Path file, Object value) {
        writeWhole(file, Json.write(value));
    }

    /** Puts {@code bytes} into {@code file}, or leaves what was there. */
    static void writeWhole(Path file, byte[] bytes) {
        Path partial = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.write(partial, bytes);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(partial);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw failed(file, e);
        }
    }

    private static <T> Optional<T> read(Path file, Class<T> type) {
        try {
            return Optional.of(Json.read(Files.readAllBytes(file), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CommandFailedException("cannot read %s: %s".formatted(file, Reason.of(e)), e);
        } catch (InvalidJsonException e) {
            throw new CommandFailedException(
                    "%s is damaged (%s); delete it, it is made anew".formatted(file, e.getMessage()), e);
        }
    }

    private static CommandFailedException failed(Path file, IOException e) {
        return new CommandFailedException("cannot write %s: %s".formatted(file, Reason.of(e)), e);
    }
}
