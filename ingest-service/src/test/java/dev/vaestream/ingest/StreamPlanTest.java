package dev.vaestream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.Dataset;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.StreamRequest;
import dev.vaestream.contracts.StreamSpec;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StreamPlanTest {
    @TempDir
    Path directory;

    @Test
    void whatIsLeftOutHasTheTutorialsValue() {
        Dataset dataset = Dataset.read(TestingDataset.write(directory, 20));

        StreamSpec spec = StreamPlan.of(request("{'stream':'s','dataset':'tiny'}"), dataset);

        assertThat(spec)
                .isEqualTo(new StreamSpec(
                        "s", "tiny", dataset.digest(), 20, TestingStreams.SHAPE, 10, 16, 10, true, 65_535, 1));
    }

    @Test
    void aStreamFromOutsideHasTheShapeThatItsRequestSays() {
        StreamSpec spec = StreamPlan.of(request("{'stream':'x','shape':{'height':28,'width':28},'classes':3}"));

        assertThat(spec.shape().pixels()).isEqualTo(784);
    }

    static Stream<Arguments> wrongExternalRequests() {
        return Stream.of(
                Arguments.of("{'stream':'x'}", "Field shape: is missing; a stream without a dataset needs it"),
                Arguments.of(shaped("'epochs':3"), "Field epochs: is 3; only a stream with a dataset has it"),
                Arguments.of(shaped("'shuffle':true"), "Field shuffle: is true; only a stream with a dataset has it"),
                Arguments.of(shaped("'seed':1"), "Field seed: is 1; only a stream with a dataset has it"),
                Arguments.of(shaped("'classes':0"), "classes is 0; it must be 1 to 256"),
                Arguments.of(shaped("'batchSize':0"), "batchSize is 0; it must be 1 to 4096"),
                Arguments.of(shaped("'batchSize':4097"), "batchSize is 4097; it must be 1 to 4096"),
                Arguments.of(shaped("'partitions':65"), "partitions is 65; it must be 1 to 64"),
                Arguments.of(
                        "{'stream':'x','shape':{'height':1024,'width':1024}}",
                        "Field batchSize: is 16; batches of 1024x1024 images then have 16777232 bytes,"
                                + " and 4194304 is the most"));
    }

    @ParameterizedTest
    @MethodSource("wrongExternalRequests")
    void aStreamThatDoesNotHoldIsRefused(String json, String message) {
        StreamRequest request = request(json);

        assertThatThrownBy(() -> StreamPlan.of(request))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message)
                .returns(Refusal.INVALID_STREAM, e -> ((RefusedException) e).refusal());
    }

    @Test
    void anotherShapeThanTheDatasetsIsRefused() {
        Dataset dataset = Dataset.read(TestingDataset.write(directory, 20));
        StreamRequest request = request("{'stream':'s','dataset':'tiny','shape':{'height':28,'width':28}}");

        assertThatThrownBy(() -> StreamPlan.of(request, dataset))
                .hasMessage("Field shape: is 28x28; the dataset's images are 2x3");
    }

    @Test
    void theSameSpecDoesNotGrow() {
        StreamSpec spec = TestingStreams.external(1);

        assertThat(StreamPlan.grows(spec, spec)).isFalse();
    }

    @Test
    void moreEpochsGrow() {
        Dataset dataset = Dataset.read(TestingDataset.write(directory, 20));

        assertThat(StreamPlan.grows(
                        TestingStreams.fromDataset(dataset, 2, 1), TestingStreams.fromDataset(dataset, 3, 1)))
                .isTrue();
    }

    @Test
    void fewerEpochsAreRefused() {
        Dataset dataset = Dataset.read(TestingDataset.write(directory, 20));

        assertThatThrownBy(() -> StreamPlan.grows(
                        TestingStreams.fromDataset(dataset, 3, 1), TestingStreams.fromDataset(dataset, 2, 1)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Stream 's' has 3 epochs; they may grow, not shrink to 2");
    }

    @Test
    void anythingElseThatDiffersIsNamed() {
        Dataset before = Dataset.read(TestingDataset.write(directory.resolve("before"), 20));
        Dataset after = Dataset.read(TestingDataset.write(directory.resolve("after"), 21));

        assertThatThrownBy(() -> StreamPlan.grows(
                        TestingStreams.fromDataset(before, 3, 1), TestingStreams.fromDataset(after, 4, 2)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Stream 's' exists and only its epochs may grow; here datasetDigest is \"%s\", not \"%s\","
                                .formatted(before.digest(), after.digest())
                        + " examples is 20, not 21, partitions is 1, not 2");
    }

    private static String shaped(String field) {
        return "{'stream':'x','shape':{'height':28,'width':28}," + field + "}";
    }

    private static StreamRequest request(String json) {
        return Json.read(json.replace('\'', '"').getBytes(UTF_8), StreamRequest.class);
    }
}
