package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Dataset;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.vae.Posterior;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatentFinderTest {
    private static final int IMAGES = 64;

    @TempDir
    Path directory;

    private final Model tiny =
            new Model(Fixtures.tinyCheckpoint("demo", 1), new FakeDecoder(Fixtures.TINY, 0), Fixtures.NOON);

    @Test
    void aClassLiesWhereFlaxEncodesItsImages() throws IOException {
        Dataset test = Dataset.read(Path.of("..", "datasets", "mnist", "t10k"));
        int[] first = IntStream.range(0, IMAGES).toArray();
        ByteString labels = test.labels(first);
        write(28, 28, test.images(first).toByteArray(), labels.toByteArray());
        SortedMap<String, StoredArray> golden = Safetensors.read(Files.readAllBytes(
                Path.of("..", "vae", "src", "test", "resources", "encode_step2000_first64_test_images.safetensors")));
        int[] sevens = IntStream.range(0, IMAGES)
                .filter(image -> labels.byteAt(image) == 7)
                .toArray();

        ClassLatents found = finder(directory).find(golden(), 7);

        assertThat(found.images()).isEqualTo(sevens.length);
        for (int dimension = 0; dimension < 32; dimension++) {
            int d = dimension;
            double[] means = IntStream.of(sevens)
                    .mapToDouble(image -> golden.get("mean").floats()[image * 32 + d])
                    .toArray();
            double mean = IntStream.range(0, means.length)
                    .mapToDouble(i -> means[i])
                    .average()
                    .orElseThrow();
            double variance = IntStream.range(0, means.length)
                    .mapToDouble(i -> (means[i] - mean) * (means[i] - mean))
                    .average()
                    .orElseThrow();
            double own = IntStream.of(sevens)
                    .mapToDouble(image -> Math.exp(golden.get("logvar").floats()[image * 32 + d]))
                    .average()
                    .orElseThrow();
            assertThat(found.mean().get(d)).isCloseTo(mean, within(1e-5));
            assertThat(found.strength().get(d)).isCloseTo(variance, within(1e-4));
            assertThat(found.standardDeviation().get(d)).isCloseTo(Math.sqrt(variance + own), within(1e-4));
        }
    }

    @Test
    void aCheckpointsImagesAreEncodedOnce() throws IOException {
        write(2, 3, new byte[12], new byte[] {1, 2});
        LatentFinder finder = finder(directory);
        ClassLatents before = finder.find(tiny, 1);

        Files.delete(directory.resolve(Dataset.IMAGES));

        assertThat(finder.find(tiny, 1)).isSameAs(before);
        assertThat(finder.find(tiny, 2).images()).isEqualTo(1);
    }

    @Test
    void whatIsKeptWaitsForNoOther() throws IOException {
        write(2, 3, new byte[6], new byte[] {1});
        LatentFinder finder = finder(directory);
        ClassLatents kept = finder.find(tiny, 1);
        AskingDecoder decoder = new AskingDecoder(() -> finder.find(tiny, 1));

        finder.find(new Model(Fixtures.tinyCheckpoint("demo", 2), decoder, Fixtures.NOON), 1);

        assertThat(decoder.answers).containsExactly(kept);
    }

    @Test
    void theLastOnesAskedForAreKept() throws IOException {
        write(2, 3, new byte[12], new byte[] {1, 2});
        LatentFinder finder = finder(directory);
        ClassLatents before = finder.find(tiny, 1);

        for (int step = 2; step <= 10; step++) {
            finder.find(
                    new Model(Fixtures.tinyCheckpoint("demo", step), new FakeDecoder(Fixtures.TINY, 0), Fixtures.NOON),
                    1);
        }

        assertThat(finder.find(tiny, 1)).isNotSameAs(before).isEqualTo(before);
    }

    @Test
    void withoutADatasetTheKeyIsNamed() {
        assertThatThrownBy(() -> new LatentFinder(Optional.empty(), Duration.ofSeconds(1)).find(tiny, 1))
                .isInstanceOf(NoDatasetException.class)
                .hasMessage("This sampler has no images to encode; vaestream.sampler.dataset says where they are");
    }

    @Test
    void aClassWithoutImagesIsNamed() throws IOException {
        write(2, 3, new byte[6], new byte[] {1});

        assertThatThrownBy(() -> finder(directory).find(tiny, 0))
                .isInstanceOf(NoDatasetException.class)
                .hasMessage("The sampler's dataset has no image of class 0");
    }

    @Test
    void imagesOfAnotherShapeAreNamed() throws IOException {
        write(3, 2, new byte[6], new byte[] {1});

        assertThatThrownBy(() -> finder(directory).find(tiny, 1))
                .isInstanceOf(NoDatasetException.class)
                .hasMessage("The sampler's dataset has images of 3x2, checkpoint demo/1 of 2x3");
    }

    @Test
    void filesThatAreNotThereAreNamed() {
        assertThatThrownBy(() -> finder(directory.resolve("nowhere")).find(tiny, 1))
                .isInstanceOf(NoDatasetException.class)
                .hasMessageStartingWith("The sampler's dataset cannot be used: There is no directory");
    }

    private static LatentFinder finder(Path dataset) {
        return new LatentFinder(Optional.of(dataset), Duration.ofSeconds(1));
    }

    private static Model golden() {
        byte[] params = Fixtures.goldenParams();
        return new Model(
                new Checkpoint(Fixtures.goldenRun("golden"), Fixtures.manifest("golden", 2000, params)),
                new VaeDecoders().load(ModelSpec.DEFAULT, Safetensors.read(params)),
                Fixtures.NOON);
    }

    private void write(int height, int width, byte[] images, byte[] labels) throws IOException {
        Files.write(
                directory.resolve(Dataset.IMAGES),
                ByteBuffer.allocate(16 + images.length)
                        .putInt(0x803)
                        .putInt(labels.length)
                        .putInt(height)
                        .putInt(width)
                        .put(images)
                        .array());
        Files.write(
                directory.resolve(Dataset.LABELS),
                ByteBuffer.allocate(8 + labels.length)
                        .putInt(0x801)
                        .putInt(labels.length)
                        .put(labels)
                        .array());
    }

    /** Asks for something on another thread, and waits for it, while it encodes. */
    private static final class AskingDecoder implements ImageDecoder {
        private final FakeDecoder decoder = new FakeDecoder(Fixtures.TINY, 0);
        private final Supplier<ClassLatents> question;
        private final List<ClassLatents> answers = new ArrayList<>();

        AskingDecoder(Supplier<ClassLatents> question) {
            this.question = question;
        }

        @Override
        public float[] decode(float[] latents, int[] classes) {
            return decoder.decode(latents, classes);
        }

        @Override
        public Posterior encode(float[] image) {
            answers.add(CompletableFuture.supplyAsync(question).join());
            return decoder.encode(image);
        }

        @Override
        public void close() {
            decoder.close();
        }
    }
}
