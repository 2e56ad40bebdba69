package dev.vaestream.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A directory of IDX files, looked at from outside: whether they are there and how large they are. */
record IdxDirectory(Path path) {
    private static final String IMAGES = "train-images-idx3-ubyte";
    private static final String LABELS = "train-labels-idx1-ubyte";
    private static final int LENGTH_BYTES = 4;

    IdxDirectory {
        path = path.toAbsolutePath().normalize();
    }

    /** @throws CommandFailedException where it is no directory, or a file is missing */
    void requireFiles() {
        if (!Files.isDirectory(path)) {
            throw new CommandFailedException("%s is not a directory; give one with IDX files".formatted(path));
        }
        for (String name : List.of(IMAGES, LABELS)) {
            if (!Files.isRegularFile(path.resolve(name)) && !Files.isRegularFile(path.resolve(name + ".gz"))) {
                throw new CommandFailedException("%s has neither %s nor %s.gz".formatted(path, name, name));
            }
        }
    }

    /** The size of the training images in bytes, unpacked. */
    long imageBytes() {
        Path plain = path.resolve(IMAGES);
        Path packed = path.resolve(IMAGES + ".gz");
        try {
            return Files.isRegularFile(plain) ? Files.size(plain) : unpackedSize(packed);
        } catch (IOException e) {
            throw new CommandFailedException("cannot read %s: %s".formatted(packed, Reason.of(e)), e);
        }
    }

    /** A gzip file ends with the length of what it holds, low byte first, modulo 4 GiB. */
    private static long unpackedSize(Path packed) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(packed.toFile(), "r")) {
            if (file.length() < LENGTH_BYTES) {
                return 0;
            }
            file.seek(file.length() - LENGTH_BYTES);
            return Integer.toUnsignedLong(Integer.reverseBytes(file.readInt()));
        }
    }
}
