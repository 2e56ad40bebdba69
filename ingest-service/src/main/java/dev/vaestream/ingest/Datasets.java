package dev.vaestream.ingest;

import dev.vaestream.contracts.Dataset;
import dev.vaestream.contracts.DatasetException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The datasets by name. Each load reads the files anew, so that nothing stays in memory between two uses. */
final class Datasets {
    private final Map<String, Path> files;

    Datasets(Map<String, Path> files) {
        this.files = new TreeMap<>(files);
    }

    /**
     * @throws RefusedException where no dataset has this name
     * @throws DatasetException where its files are missing or wrong, or a label is not below {@code classes}
     */
    Dataset load(String name, int classes) {
        Path beginning = files.get(name);
        if (beginning == null) {
            throw new RefusedException(
                    Refusal.NO_DATASET,
                    "Dataset '%s' is not known; known: %s".formatted(name, String.join(", ", files.keySet())));
        }
        Dataset dataset = Dataset.read(beginning);
        dataset.requireLabelsBelow(classes);
        return dataset;
    }
}
