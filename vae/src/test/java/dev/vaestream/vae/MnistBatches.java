package dev.vaestream.vae;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The repository's MNIST in file order, 16 images a batch. */
final class MnistBatches {
    static final int SIZE = 16;

    private static final Path DIRECTORY = Path.of("..", "datasets", "mnist");
    private static final int PIXELS = 784;
    private static final int IMAGE_HEADER = 16;
    private static final int LABEL_HEADER = 8;

    private final byte[] imageFile = unpack("train-images-idx3-ubyte.gz");
    private final byte[] labelFile = unpack("train-labels-idx1-ubyte.gz");

    ByteString images(int batch) {
        return ByteString.copyFrom(imageFile, IMAGE_HEADER + batch * SIZE * PIXELS, SIZE * PIXELS);
    }

    ByteString labels(int batch) {
        return ByteString.copyFrom(labelFile, LABEL_HEADER + batch * SIZE, SIZE);
    }

    private static byte[] unpack(String file) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(DIRECTORY.resolve(file)))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
