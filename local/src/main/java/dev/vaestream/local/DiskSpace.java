package dev.vaestream.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room on the disk of a directory. */
final class DiskSpace {
    /** With less, a broker or a store will fail at its next write or the one after. */
    private static final long LEAST = 16L << 20;
    /** Room for everything but the stream: logs, checkpoints, Kafka's indexes. */
    private static final long BESIDE_STREAM = 300L << 20;
    /** What compression leaves of images with a plain background; of MNIST it is 0.3. */
    private static final double COMPRESSED = 0.5;

    private DiskSpace() {}

    /** The room that a stream of {@code epochs} usually takes, and the run on it. */
    static long needed(long imageBytes, int epochs) {
        return Math.round(COMPRESSED * imageBytes * epochs) + BESIDE_STREAM;
    }

    /** @throws CommandFailedException where the disk of {@code directory} has less than {@code needed} bytes free */
    static void require(Path directory, long needed) {
        long free = free(directory);
        if (free < needed) {
            throw new CommandFailedException(
                    "no space left: %s has %s free, this needs about %s; free some, or give another --dir or fewer --epochs"
                            .formatted(directory, Text.bytes(free), Text.bytes(needed)));
        }
    }

    /** @throws CommandFailedException where the disk of {@code directory} is full */
    static void requireSome(Path directory) {
        long free = free(directory);
        if (free < LEAST) {
            throw new CommandFailedException("no space left: %s has %s free; free some and start again, nothing is lost"
                    .formatted(directory, Text.bytes(free)));
        }
    }

    private static long free(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw new CommandFailedException("cannot look at %s: %s".formatted(directory, Reason.of(e)), e);
        }
    }
}
