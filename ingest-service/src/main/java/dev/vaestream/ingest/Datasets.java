package dev.vaestream.ingest;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The datasets by name. Each load reads the files anew, so that nothing stays in memory between two uses. */
final class Datasets {
    private final Map<String, Path> directories;

    Datasets(Map<String, Path> directories) {
        this.directories = new TreeMap<>(directories);
    }

    /**
     * @throws RefusedException where no dataset has this name
     * @throws DatasetException where its files are missing or wrong, or a label is not below {@code classes}
     */
    Dataset load(String name, int classes) {
        Path directory = directories.get(name);
        if (directory == null) {
            throw new RefusedException(
                    Refusal.NO_DATASET,
                    "Dataset '%s' is not known; known: %s".formatted(name, String.join(", ", directories.keySet())));
        }
        Dataset dataset = Dataset.read(directory);
        dataset.requireLabelsBelow(classes);
        return dataset;
    }
}
