package dev.vaestream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.StreamSpec;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BatchBodyTest {
    private static final StreamSpec STREAM = TestingStreams.external(1);
    private static final String IMAGES = Base64.getEncoder()
            .encodeToString(TestingStreams.batch(0, 7).images().toByteArray());

    @Test
    void jsonSaysABatch() {
        Batch batch = BatchBody.fromJson(json(IMAGES, "[7,7]", ""), STREAM, 5);

        assertThat(batch).isEqualTo(TestingStreams.batch(5, 7));
    }

    @Test
    void jsonMaySayTheEpoch() {
        Batch batch =
                BatchBody.fromJson(json(IMAGES, "[7,7]", ",\"epoch\":2,\"index\":1,\"epochBatches\":3"), STREAM, 7);

        assertThat(batch).returns(2, Batch::epoch).returns(1, Batch::index).returns(3, Batch::epochBatches);
    }

    @Test
    void protobufSaysTheSameBatch() {
        Batch batch = BatchBody.fromProtobuf(TestingStreams.batch(5, 7).encode(), STREAM, 5);

        assertThat(batch).isEqualTo(BatchBody.fromJson(json(IMAGES, "[7,7]", ""), STREAM, 5));
    }

    static Stream<Arguments> wrongJson() {
        return Stream.of(
                Arguments.of(json(IMAGES, "[7]", ""), "images have 12 bytes; 1 labels of 2x3 images need 6"),
                Arguments.of(json("", "[]", ""), "number of labels is 0; it must be 1 to 4096"),
                Arguments.of(json(IMAGES, "[7,10]", ""), "label 1 of the batch is 10; it must be 0 to 9"),
                Arguments.of(json(IMAGES, "[7,300]", ""), "label 1 of the batch is 300; it must be 0 to 255"),
                Arguments.of(json(IMAGES, "[7,-1]", ""), "label 1 of the batch is -1; it must be 0 to 255"),
                Arguments.of(json("????", "[7,7]", ""), "images is not base64: Illegal base64 character 3f"),
                Arguments.of(json(IMAGES, "[7,7]", ",\"epoch\":-1"), "epoch is -1; it must be at least 0"),
                Arguments.of(json("AAAAAAAA", "[7]", ""), "The batch's size is 1; here it must be 2"));
    }

    @ParameterizedTest
    @MethodSource("wrongJson")
    void aBatchThatDoesNotHoldIsRefused(byte[] body, String message) {
        assertThatThrownBy(() -> BatchBody.fromJson(body, STREAM, 5))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
    }

    @Test
    void aBodyWithoutLabelsIsRefused() {
        byte[] body = "{\"images\":\"\"}".getBytes(UTF_8);

        assertThatThrownBy(() -> BatchBody.fromJson(body, STREAM, 5))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field labels: is missing");
    }

    @Test
    void bytesThatAreNoMessageAreRefused() {
        assertThatThrownBy(() -> BatchBody.fromProtobuf(new byte[] {1, 2, 3}, STREAM, 5))
                .isInstanceOf(RefusedException.class)
                .hasMessage("3 bytes are not a batch message");
    }

    @Test
    void aMessageWithAnotherSequenceIsRefused() {
        byte[] body = TestingStreams.batch(4, 7).encode();

        assertThatThrownBy(() -> BatchBody.fromProtobuf(body, STREAM, 5))
                .isInstanceOf(RefusedException.class)
                .hasMessage("The batch's sequence is 4; here it must be 5");
    }

    @Test
    void aMessageWithAnotherNumberOfClassesIsRefused() {
        Batch batch = TestingStreams.batch(5, 7);
        byte[] body = new Batch(5, 0, 5, 0, batch.shape(), 11, batch.images(), batch.labels()).encode();

        assertThatThrownBy(() -> BatchBody.fromProtobuf(body, STREAM, 5))
                .hasMessage("The batch's number of classes is 11; here it must be 10");
    }

    private static byte[] json(String images, String labels, String more) {
        return "{\"images\":\"%s\",\"labels\":%s%s}"
                .formatted(images, labels, more)
                .getBytes(UTF_8);
    }
}
