package dev.vaestream.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Writes a directory of several files whole or not at all. */
final class NewDirectory {
    private NewDirectory() {}

    /**
     * Has {@code writer} fill a directory beside {@code target} and then gives it that name.
     *
     * @throws CommandFailedException where something has the name already, or the directory cannot be made
     */
    static void write(Path target, Consumer<Path> writer) {
        Path absolute = target.toAbsolutePath().normalize();
        if (Files.exists(absolute)) {
            throw new CommandFailedException("%s is there already; delete it or choose another name".formatted(target));
        }
        Path partial = absolute.resolveSibling("." + absolute.getFileName() + ".part");
        try {
            deleteAll(partial);
            Files.createDirectory(partial);
            writer.accept(partial);
            Files.move(partial, absolute, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CommandFailedException("cannot write %s: %s".formatted(target, Reason.of(e)), e);
        } finally {
            deleteWhatIsLeft(partial);
        }
    }

    private static void deleteWhatIsLeft(Path partial) {
        try {
            deleteAll(partial);
        } catch (IOException e) {
            throw new CommandFailedException("cannot delete %s: %s".formatted(partial, Reason.of(e)), e);
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(directory)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
