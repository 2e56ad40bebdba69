package dev.vaestream.ingest;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Labelled images from two IDX files, whole in memory and unchanging. */
final class Dataset {
    static final String IMAGES = "train-images-idx3-ubyte";
    static final String LABELS = "train-labels-idx1-ubyte";

    private static final int IMAGES_MAGIC = 0x803;
    private static final int LABELS_MAGIC = 0x801;
    private static final int LABELS_HEADER_BYTES = 8;
    private static final int BLOCK = 1024;

    private final Path labelsFile;
    private final ImageShape shape;
    /** The images in blocks of {@value #BLOCK}: memory grows as the file is read, and is never held twice. */
    private final List<byte[]> pixels;

    private final byte[] labels;

    private Dataset(Path labelsFile, ImageShape shape, List<byte[]> pixels, byte[] labels) {
        this.labelsFile = labelsFile;
        this.shape = shape;
        this.pixels = pixels;
        this.labels = labels;
    }

    /**
     * Reads {@value #IMAGES} and {@value #LABELS}, or the same with {@code .gz}, from {@code directory}.
     *
     * @throws DatasetException naming the file and the byte that is wrong
     */
    static Dataset read(Path directory) {
        Path imagesFile = find(directory, IMAGES);
        Path labelsFile = find(directory, LABELS);
        try (IdxFile images = IdxFile.open(imagesFile);
                IdxFile labels = IdxFile.open(labelsFile)) {
            int examples = readHeader(images, IMAGES_MAGIC);
            ImageShape shape = readShape(images);
            if (readHeader(labels, LABELS_MAGIC) != examples) {
                throw labels.wrong(
                        Integer.BYTES,
                        "the number of labels is not that of the images in %s, %d".formatted(imagesFile, examples));
            }
            List<byte[]> pixels = readBlocks(images, examples, shape);
            images.requireEnd();
            byte[] values = labels.read(examples, "the array of %d labels".formatted(examples));
            labels.requireEnd();
            return new Dataset(labelsFile, shape, pixels, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int examples() {
        return labels.length;
    }

    ImageShape shape() {
        return shape;
    }

    /** SHA-256 over all pixels, then all labels. */
    Sha256 digest() {
        MessageDigest digest = Sha256.newDigest();
        pixels.forEach(digest::update);
        digest.update(labels);
        return Sha256.of(digest);
    }

    /** @throws DatasetException naming the first label that is not 0 to {@code classes} - 1 */
    void requireLabelsBelow(int classes) {
        for (int i = 0; i < labels.length; i++) {
            int label = Byte.toUnsignedInt(labels[i]);
            if (label >= classes) {
                throw new DatasetException(
                        labelsFile,
                        LABELS_HEADER_BYTES + i,
                        "label %d is %d; with %d classes it must be 0 to %d".formatted(i, label, classes, classes - 1));
            }
        }
    }

    /** The images of {@code examples} one after another. */
    ByteString images(int[] examples) {
        int size = shape.pixels();
        byte[] gathered = new byte[examples.length * size];
        for (int i = 0; i < examples.length; i++) {
            System.arraycopy(pixels.get(examples[i] / BLOCK), examples[i] % BLOCK * size, gathered, i * size, size);
        }
        return UnsafeByteOperations.unsafeWrap(gathered);
    }

    ByteString labels(int[] examples) {
        byte[] gathered = new byte[examples.length];
        for (int i = 0; i < examples.length; i++) {
            gathered[i] = labels[examples[i]];
        }
        return UnsafeByteOperations.unsafeWrap(gathered);
    }

    private static List<byte[]> readBlocks(IdxFile images, int examples, ImageShape shape) {
        List<byte[]> blocks = new ArrayList<>();
        for (int first = 0; first < examples; first += BLOCK) {
            int size = Math.min(BLOCK, examples - first);
            blocks.add(images.read(size * shape.pixels(), "the array of %d images".formatted(examples)));
        }
        return blocks;
    }

    private static int readHeader(IdxFile file, int magic) {
        int found = file.readInt("the magic number");
        if (found != magic) {
            throw file.wrong(Integer.BYTES, "the magic number is 0x%08x; it must be 0x%08x".formatted(found, magic));
        }
        int count = file.readInt("the number of examples");
        if (count < 1) {
            throw file.wrong(Integer.BYTES, "the number of examples is %d; it must be at least 1".formatted(count));
        }
        return count;
    }

    private static ImageShape readShape(IdxFile images) {
        int height = images.readInt("the height");
        int width = images.readInt("the width");
        try {
            return new ImageShape(height, width);
        } catch (IllegalArgumentException e) {
            throw images.wrong(2 * Integer.BYTES, String.valueOf(e.getMessage()));
        }
    }

    private static Path find(Path directory, String name) {
        if (!Files.isDirectory(directory)) {
            throw new DatasetException(
                    "There is no directory " + directory.toAbsolutePath().normalize());
        }
        Path plain = directory.resolve(name);
        Path gzipped = directory.resolve(name + ".gz");
        if (!Files.exists(plain) && !Files.exists(gzipped)) {
            throw new DatasetException("Directory %s has neither %s nor %s.gz"
                    .formatted(directory.toAbsolutePath().normalize(), name, name));
        }
        return Files.exists(plain) ? plain : gzipped;
    }
}
