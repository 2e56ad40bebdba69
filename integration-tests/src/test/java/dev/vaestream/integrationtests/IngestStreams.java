package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.Topics;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Streams that tests make, fill and read. */
final class IngestStreams {
    private static final int BATCH_SIZE = 2;
    private static final ImageShape SHAPE = new ImageShape(2, 2);

    private IngestStreams() {}

    /** A stream of tiny batches from outside. */
    static void makeExternal(IngestProcess ingest, String stream, int partitions) {
        String body = "{\"stream\":\"%s\",\"batchSize\":%d,\"shape\":{\"height\":2,\"width\":2},\"partitions\":%d}"
                .formatted(stream, BATCH_SIZE, partitions);
        requireSuccess(ingest.insist(() -> ingest.post("/v1/streams", body)));
    }

    /** A stream of MNIST, 3750 batches an epoch. */
    static void makeMnist(IngestProcess ingest, String stream, int epochs, int partitions) {
        String body = "{\"stream\":\"%s\",\"dataset\":\"mnist\",\"epochs\":%d,\"partitions\":%d}"
                .formatted(stream, epochs, partitions);
        requireSuccess(ingest.insist(() -> ingest.post("/v1/streams", body)));
    }

    /** A batch whose every pixel is {@code filling}. */
    static Batch batch(long sequence, int filling) {
        byte[] pixels = new byte[BATCH_SIZE * SHAPE.pixels()];
        Arrays.fill(pixels, (byte) filling);
        return new Batch(
                sequence,
                0,
                (int) sequence,
                0,
                SHAPE,
                10,
                ByteString.copyFrom(pixels),
                ByteString.copyFrom(new byte[BATCH_SIZE]));
    }

    /** Sends it once. */
    static HttpResponse<byte[]> put(IngestProcess ingest, String stream, Batch batch) {
        return ingest.put(
                "/v1/streams/" + stream + "/batches/" + batch.sequence(), "application/octet-stream", batch.encode());
    }

    /** Sends it until it is answered for: 201 appended, 200 there before, 409 another is there. */
    static int insistOn(IngestProcess ingest, String stream, Batch batch) {
        HttpResponse<byte[]> answer = ingest.insist(() -> put(ingest, stream, batch));
        assertThat(answer.statusCode()).as(IngestProcess.text(answer)).isIn(200, 201, 409);
        return answer.statusCode();
    }

    /** What readers of the stream get, partition by partition. */
    static List<Batch> committed(BrokerProcess broker, String stream) {
        try (Topic topic = broker.topic(new Topics("").batches(stream))) {
            return topic.records().stream()
                    .sorted(Comparator.comparingInt(ConsumerRecord::partition)) // stable: offsets stay in order
                    .map(ConsumerRecord::value)
                    .map(Batch::decode)
                    .toList();
        }
    }

    private static void requireSuccess(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(IngestProcess.text(answer)).isIn(200, 201);
    }
}
