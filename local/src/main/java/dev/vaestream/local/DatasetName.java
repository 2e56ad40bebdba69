package dev.vaestream.local;

import java.nio.file.Path;
import java.util.Locale;

/** Names datasets after their directories. */
final class DatasetName {
    private static final int LONGEST = 48;

    private DatasetName() {}

    /** The last part of {@code directory} in lower case, with a dash for whatever a name may not have. */
    static String of(Path directory) {
        Path last = directory.toAbsolutePath().normalize().getFileName();
        String name =
                (last == null ? "" : last.toString()).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = name.substring(0, Math.min(name.length(), LONGEST)).replaceAll("^-|-$", "");
        if (cut.isEmpty()) {
            throw new CommandFailedException(
                    "directory '%s' has no letter or digit in its name to name the dataset after".formatted(directory));
        }
        return cut;
    }
}
