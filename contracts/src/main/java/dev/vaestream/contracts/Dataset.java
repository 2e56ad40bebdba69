package dev.vaestream.contracts;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Labelled images from two IDX files, whole in memory and unchanging. */
public final class Dataset {
    private static final String IMAGES_END = "-images-idx3-ubyte";
    private static final String LABELS_END = "-labels-idx1-ubyte";
    private static final String TRAIN = "train";

    public static final String IMAGES = TRAIN + IMAGES_END;
    public static final String LABELS = TRAIN + LABELS_END;

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
     * Reads {@value #IMAGES} and {@value #LABELS} from a directory, or files that end like these. Each may have
     * {@code .gz} behind its name.
     *
     * @param files the directory; or where both names begin, as {@code mnist/t10k}
     * @throws DatasetException naming the file and the byte that is wrong
     */
    public static Dataset read(Path files) {
        Path imagesFile = find(files, IMAGES_END);
        Path labelsFile = find(files, LABELS_END);
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

    public int examples() {
        return labels.length;
    }

    public ImageShape shape() {
        return shape;
    }

    /** SHA-256 over all pixels, then all labels. */
    public Sha256 digest() {
        MessageDigest digest = Sha256.newDigest();
        pixels.forEach(digest::update);
        digest.update(labels);
        return Sha256.of(digest);
    }

    /** @throws DatasetException naming the first label that is not 0 to {@code classes} - 1 */
    public void requireLabelsBelow(int classes) {
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
    public ByteString images(int[] examples) {
        int size = shape.pixels();
        byte[] gathered = new byte[examples.length * size];
        for (int i = 0; i < examples.length; i++) {
            System.arraycopy(pixels.get(examples[i] / BLOCK), examples[i] % BLOCK * size, gathered, i * size, size);
        }
        return UnsafeByteOperations.unsafeWrap(gathered);
    }

    public ByteString labels(int[] examples) {
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

    private static Path find(Path files, String end) {
        Path absolute = files.toAbsolutePath().normalize();
        boolean whole = Files.isDirectory(files);
        Path plain = whole ? files.resolve(TRAIN + end) : files.resolveSibling(files.getFileName() + end);
        Path gzipped = plain.resolveSibling(plain.getFileName() + ".gz");
        if (Files.exists(plain)) {
            return plain;
        }
        if (Files.exists(gzipped)) {
            return gzipped;
        }
        throw new DatasetException(
                whole
                        ? "Directory %s has neither %s nor %s"
                                .formatted(absolute, plain.getFileName(), gzipped.getFileName())
                        : "There is no directory %s, and there are no files %s%s and %s%s"
                                .formatted(absolute, absolute, IMAGES_END, absolute, LABELS_END));
    }
}
