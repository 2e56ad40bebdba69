package dev.vaestream.contracts;

import java.io.Serial;
import java.nio.file.Path;

/** Files that are no dataset; the message names the file and, where there is one, the byte. */
public final class DatasetException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public DatasetException(String message) {
        super(message);
    }

    public DatasetException(Path file, long at, String what) {
        super("%s, byte %d: %s".formatted(file, at, what));
    }
}
