package dev.vaestream.integrationtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a store truly holds, past all that may be wrong on the way to it. */
interface Bucket {
    /** The keys that begin with {@code prefix}, a directory with its slash. */
    List<String> list(String prefix);

    /** An object's bytes; empty where there is none. */
    Optional<byte[]> read(String key);

    /** The bucket of a store that keeps each object in a file of its key's name. */
    static Bucket in(Path bucket) {
        return new Bucket() {
            @Override
            public List<String> list(String prefix) {
                Path root = bucket.resolve(prefix);
                if (!Files.isDirectory(root)) {
                    return List.of();
                }
                try (Stream<Path> files = Files.find(root, Integer.MAX_VALUE, (file, is) -> is.isRegularFile())) {
                    return files.map(file -> bucket.relativize(file).toString()).toList();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public Optional<byte[]> read(String key) {
                try {
                    return Optional.of(Files.readAllBytes(bucket.resolve(key)));
                } catch (NoSuchFileException e) {
                    return Optional.empty();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
