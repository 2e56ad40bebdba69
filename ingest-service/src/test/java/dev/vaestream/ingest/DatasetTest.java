package dev.vaestream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Dataset;
import dev.vaestream.contracts.DatasetException;
import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.Sha256;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetTest {
    @TempDir
    Path directory;

    @Test
    void aDatasetHasTheImagesOfItsFile() {
        Dataset dataset = Dataset.read(TestingDataset.write(directory, 12));

        ByteString images = dataset.images(new int[] {11, 3});

        assertThat(images)
                .isEqualTo(ByteString.copyFrom(TestingDataset.pixels(11))
                        .concat(ByteString.copyFrom(TestingDataset.pixels(3))));
    }

    @Test
    void aDatasetHasTheLabelsOfItsFile() {
        Dataset dataset = Dataset.read(TestingDataset.write(directory, 12));

        assertThat(dataset.labels(new int[] {11, 3}).toByteArray()).containsExactly(1, 3);
    }

    @Test
    void aLargeDatasetHasEveryImageInItsPlace() {
        Dataset dataset = Dataset.read(TestingDataset.write(directory, 3000));

        ByteString images = dataset.images(new int[] {1023, 1024, 2999});

        assertThat(images)
                .isEqualTo(ByteString.copyFrom(TestingDataset.pixels(1023))
                        .concat(ByteString.copyFrom(TestingDataset.pixels(1024)))
                        .concat(ByteString.copyFrom(TestingDataset.pixels(2999))));
    }

    @Test
    void theShapeIsThatOfTheHeader() {
        assertThat(Dataset.read(TestingDataset.write(directory, 12)).shape()).isEqualTo(new ImageShape(2, 3));
    }

    @Test
    void filesOfAnotherBeginningAreADatasetToo() {
        TestingDataset.write(directory, 12);
        write("t10k-images-idx3-ubyte", TestingDataset.images(5));
        write("t10k-labels-idx1-ubyte.gz", TestingDataset.gzip(TestingDataset.labels(5)));

        assertThat(Dataset.read(directory.resolve("t10k")).examples()).isEqualTo(5);
        assertThat(Dataset.read(directory).examples()).isEqualTo(12);
    }

    @Test
    void mnistHasTenThousandTestImages() {
        Dataset test = Dataset.read(Path.of("..", "datasets", "mnist", "t10k"));

        assertThat(test.examples()).isEqualTo(10_000);
        assertThat(test.shape()).isEqualTo(new ImageShape(28, 28));
        assertThat(test.labels(new int[] {0, 1, 2, 3, 4}).toByteArray()).containsExactly(7, 2, 1, 0, 4);
    }

    @Test
    void gzippedFilesHoldTheSameDataset() {
        write(Dataset.IMAGES + ".gz", TestingDataset.gzip(TestingDataset.images(12)));
        write(Dataset.LABELS + ".gz", TestingDataset.gzip(TestingDataset.labels(12)));

        Dataset gzipped = Dataset.read(directory);

        assertThat(gzipped.digest())
                .isEqualTo(Dataset.read(TestingDataset.write(directory.resolve("plain"), 12))
                        .digest());
    }

    @Test
    void theNameDoesNotDecideWhetherAFileIsGzipped() {
        write(Dataset.IMAGES, TestingDataset.gzip(TestingDataset.images(12)));
        write(Dataset.LABELS + ".gz", TestingDataset.labels(12));

        assertThat(Dataset.read(directory).examples()).isEqualTo(12);
    }

    @Test
    void theDigestIsThatOfPixelsThenLabels() {
        byte[] images = TestingDataset.images(12);
        byte[] labels = TestingDataset.labels(12);
        byte[] content = ByteBuffer.allocate(images.length - 16 + 12)
                .put(images, 16, images.length - 16)
                .put(labels, 8, 12)
                .array();

        assertThat(Dataset.read(TestingDataset.write(directory, 12)).digest()).isEqualTo(Sha256.of(content));
    }

    @Test
    void imagesCutAnywhereAreRefusedWithTheFilesName() {
        TestingDataset.write(directory, 3);
        byte[] whole = TestingDataset.images(3);

        for (int length = 0; length < whole.length; length++) {
            write(Dataset.IMAGES, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Dataset.read(directory))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining(directory.resolve(Dataset.IMAGES) + ", byte " + length + ": ");
        }
    }

    @Test
    void aGzippedFileCutAnywhereIsRefusedWithItsName() {
        TestingDataset.write(directory, 3);
        byte[] whole = TestingDataset.gzip(TestingDataset.labels(3));

        for (int length = 0; length < whole.length; length++) {
            write(Dataset.LABELS, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Dataset.read(directory))
                    .as("cut to %d of %d bytes", length, whole.length)
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining(Dataset.LABELS + ", byte ");
        }
    }

    @Test
    void aGzippedFileThatBreaksOffNamesTheByteAfterTheLastThatItHolds() {
        TestingDataset.write(directory, 300);
        byte[] gzipped = TestingDataset.gzip(TestingDataset.images(300));
        byte[] cut = Arrays.copyOf(gzipped, gzipped.length / 2);
        write(Dataset.IMAGES, cut);

        assertThatThrownBy(() -> Dataset.read(directory))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("%s, byte %d: the gzipped file breaks off", Dataset.IMAGES, unpacked(cut));
    }

    @Test
    void aDamagedChecksumIsRefused() {
        TestingDataset.write(directory, 3);
        byte[] gzipped = TestingDataset.gzip(TestingDataset.labels(3));
        gzipped[gzipped.length - 8] ^= 1;
        write(Dataset.LABELS, gzipped);

        assertThatThrownBy(() -> Dataset.read(directory))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(Dataset.LABELS + ", byte 11: the gzipped file is damaged");
    }

    static Stream<Arguments> wrongFiles() {
        byte[] images = TestingDataset.images(3);
        byte[] labels = TestingDataset.labels(3);
        return Stream.of(
                Arguments.of(
                        "labels in place of images",
                        Map.of(Dataset.IMAGES, labels),
                        Dataset.IMAGES + ", byte 0: the magic number is 0x00000801; it must be 0x00000803"),
                Arguments.of(
                        "images in place of labels",
                        Map.of(Dataset.LABELS, images),
                        Dataset.LABELS + ", byte 0: the magic number is 0x00000803; it must be 0x00000801"),
                Arguments.of(
                        "fewer labels than images",
                        Map.of(Dataset.LABELS, TestingDataset.labels(2)),
                        Dataset.LABELS + ", byte 4: the number of labels is not that of the images in "),
                Arguments.of(
                        "no images",
                        Map.of(Dataset.IMAGES, TestingDataset.images(0), Dataset.LABELS, TestingDataset.labels(0)),
                        Dataset.IMAGES + ", byte 4: the number of examples is 0; it must be at least 1"),
                Arguments.of(
                        "a negative number of images",
                        Map.of(Dataset.IMAGES, with(images, 4, -5)),
                        Dataset.IMAGES + ", byte 4: the number of examples is -5; it must be at least 1"),
                Arguments.of(
                        "more images than there are",
                        Map.of(
                                Dataset.IMAGES,
                                with(images, 4, 100_000_000),
                                Dataset.LABELS,
                                with(labels, 4, 100_000_000)),
                        Dataset.IMAGES
                                + ", byte 34: the file ends here, before the end of the array of 100000000 images"),
                Arguments.of(
                        "images without height",
                        Map.of(Dataset.IMAGES, with(images, 8, 0)),
                        Dataset.IMAGES + ", byte 8: height is 0; it must be 1 to 1024"),
                Arguments.of(
                        "images too wide",
                        Map.of(Dataset.IMAGES, with(images, 12, 1 << 30)),
                        Dataset.IMAGES + ", byte 8: width is 1073741824; it must be 1 to 1024"),
                Arguments.of(
                        "more bytes than promised",
                        Map.of(Dataset.IMAGES, Arrays.copyOf(images, images.length + 1)),
                        Dataset.IMAGES + ", byte 34: the file goes on after what its header promises"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongFiles")
    void aWrongFileIsNamedWithTheByte(String what, Map<String, byte[]> files, String message) {
        TestingDataset.write(directory, 3);
        files.forEach(this::write);

        assertThatThrownBy(() -> Dataset.read(directory))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aLabelOverTheClassesIsNamedWithItsByte() {
        Dataset dataset = Dataset.read(TestingDataset.write(directory, 12));

        assertThatThrownBy(() -> dataset.requireLabelsBelow(7))
                .isInstanceOf(DatasetException.class)
                .hasMessage(directory.resolve(Dataset.LABELS)
                        + ", byte 15: label 7 is 7; with 7 classes it must be 0 to 6");
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Dataset.read(directory.resolve("nowhere")))
                .isInstanceOf(DatasetException.class)
                .hasMessage(
                        "There is no directory %1$s, and there are no files %1$s-images-idx3-ubyte and %1$s-labels-idx1-ubyte",
                        directory.resolve("nowhere"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        write(Dataset.IMAGES, TestingDataset.images(3));

        assertThatThrownBy(() -> Dataset.read(directory))
                .isInstanceOf(DatasetException.class)
                .hasMessage("Directory " + directory
                        + " has neither train-labels-idx1-ubyte nor train-labels-idx1-ubyte.gz");
    }

    @Test
    void aNameThatIsNotConfiguredIsRefusedWithTheOnesThatAre() {
        Datasets datasets = new Datasets(Map.of("mnist", directory, "fashion", directory));

        assertThatThrownBy(() -> datasets.load("cifar", 10))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Dataset 'cifar' is not known; known: fashion, mnist");
    }

    private static byte[] with(byte[] file, int at, int value) {
        byte[] changed = file.clone();
        ByteBuffer.wrap(changed).putInt(at, value);
        return changed;
    }

    /** Bytes that inflating gives before it wants more; a gzip header without a name has ten. */
    private static long unpacked(byte[] gzipped) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(gzipped, 10, gzipped.length - 10);
            byte[] sink = new byte[512];
            while (inflater.inflate(sink) > 0) {
                // Only the count is wanted.
            }
            return inflater.getBytesWritten();
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        } finally {
            inflater.end();
        }
    }

    private void write(String name, byte[] content) {
        TestingDataset.write(directory.resolve(name), content);
    }
}
