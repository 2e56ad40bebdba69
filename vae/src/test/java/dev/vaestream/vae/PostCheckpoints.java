package dev.vaestream.vae;

import static dev.vaestream.vae.PostPage.show;

import dev.vaestream.contracts.CheckpointInfo;
import dev.vaestream.contracts.CheckpointOptions;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.learning.tracing.Array;
import dev.vaestream.learning.tracing.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The post's cells on Orbax, without a service. */
final class PostCheckpoints {
    static final Map<String, Supplier<String>> CELLS =
            Map.of("save", PostCheckpoints::save, "manager", PostCheckpoints::manager);

    private PostCheckpoints() {}

    private static String save() {
        try {
            return saved(Files.createTempDirectory("post"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String saved(Path directory) throws IOException {
        // cell save
        Tree<Array.Floats> classifier = PostTidbits.pretrained().get("classifier");
        Path file = directory.resolve("classifier.safetensors");
        Files.write(file, Safetensors.write(StoredArrays.store(classifier)));
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory)) {
            files = listed.map(Path::getFileName).toList();
        }
        Tree<Array> restored = StoredArrays.restore(Safetensors.read(Files.readAllBytes(file)));
        // end
        Files.delete(file);
        Files.delete(directory);
        return files + "\n" + show(restored);
    }

    private static String manager() {
        // cell manager
        CheckpointOptions options = CheckpointOptions.of(1, 4);
        SortedMap<Long, byte[]> managed = new TreeMap<>();
        for (long step = 0; step < 10; step++) {
            if (options.shouldSave(step, latest(managed), false)) {
                managed.put(
                        step,
                        Safetensors.write(
                                StoredArrays.store(PostTidbits.pretrained().get("classifier"))));
                managed.keySet().retainAll(options.preserve(infos(managed)));
            }
        }
        boolean shouldSave6 = options.shouldSave(6, latest(managed), false);
        boolean shouldSave10 = options.shouldSave(10, latest(managed), false);
        Tree<Array> restored = StoredArrays.restore(Safetensors.read(managed.get(9L)));
        // end
        return "all steps %s\nshould save 6: %s\nshould save 10: %s\nlatest step %d\n"
                        .formatted(
                                managed.keySet(),
                                shouldSave6,
                                shouldSave10,
                                latest(managed).getAsLong())
                + show(restored);
    }

    // cell steps
    static OptionalLong latest(SortedMap<Long, byte[]> managed) {
        return managed.isEmpty() ? OptionalLong.empty() : OptionalLong.of(managed.lastKey());
    }

    /** When each was saved, and its metrics: there are none. */
    static List<CheckpointInfo> infos(SortedMap<Long, byte[]> managed) {
        return managed.keySet().stream()
                .map(step -> new CheckpointInfo(step, Instant.ofEpochSecond(step), Map.of()))
                .toList();
    }
    // end
}
