package dev.vaestream.vae;

import com.google.protobuf.ByteString;
import dev.vaestream.learning.tracing.Array;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.tensorflow.ndarray.Shape;

/** The repository's MNIST in file order, 16 images a batch: what is trained on, or the test images. */
final class MnistBatches {
    static final int SIZE = 16;

    private static final Path DIRECTORY = Path.of("..", "datasets", "mnist");
    private static final int PIXELS = 784;
    private static final int IMAGE_HEADER = 16;
    private static final int LABEL_HEADER = 8;

    private final byte[] imageFile;
    private final byte[] labelFile;

    MnistBatches() {
        this("train");
    }

    /** @param part {@code train} or {@code t10k} */
    MnistBatches(String part) {
        this.imageFile = unpack(part + "-images-idx3-ubyte.gz");
        this.labelFile = unpack(part + "-labels-idx1-ubyte.gz");
    }

    ByteString images(int batch) {
        return ByteString.copyFrom(imageFile, IMAGE_HEADER + batch * SIZE * PIXELS, SIZE * PIXELS);
    }

    ByteString labels(int batch) {
        return ByteString.copyFrom(labelFile, LABEL_HEADER + batch * SIZE, SIZE);
    }

    /** The first images of the test set, in [0, 1]. */
    static Array.Floats testImages(int count) {
        byte[] file = unpack("t10k-images-idx3-ubyte.gz");
        Array.Floats images = Array.zeros(Shape.of(count, PIXELS));
        for (int i = 0; i < count * PIXELS; i++) {
            images.values()[i] = Byte.toUnsignedInt(file[IMAGE_HEADER + i]) / 255f;
        }
        return images;
    }

    private static byte[] unpack(String file) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(DIRECTORY.resolve(file)))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
