package dev.vaestream.ingest;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.InvalidBatchException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.StreamSpec;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch from outside as JSON.
 *
 * @param images (B, height, width) in row-major order, one unsigned byte a pixel; in base64
 * @param labels one for each image
 * @param epoch pass over whatever the batches come from; 0 where left out
 * @param index position in that epoch; where left out the sequence, as if the stream were one epoch
 * @param epochBatches batches in an epoch; 0, nobody knows, where left out
 */
record BatchBody(
        String images,
        List<Integer> labels,
        @Nullable Integer epoch,
        @Nullable Integer index,
        @Nullable Integer epochBatches) {

    /**
     * The batch that a JSON body says.
     *
     * @throws dev.vaestream.contracts.InvalidJsonException where the body is something else
     * @throws RefusedException where it is no batch of the stream
     */
    static Batch fromJson(byte[] body, StreamSpec stream, long sequence) {
        BatchBody json = Json.read(body, BatchBody.class);
        try {
            return checked(json.batch(stream, sequence), stream, sequence);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The batch that a {@code BatchMessage} says.
     *
     * @throws RefusedException where the bytes are no batch of the stream
     */
    static Batch fromProtobuf(byte[] body, StreamSpec stream, long sequence) {
        try {
            return checked(Batch.decode(body), stream, sequence);
        } catch (InvalidBatchException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private Batch batch(StreamSpec stream, long sequence) {
        return new Batch(
                sequence,
                epoch == null ? 0 : epoch,
                index == null ? Math.toIntExact(sequence) : index,
                epochBatches == null ? 0 : epochBatches,
                stream.shape(),
                stream.classes(),
                pixels(images),
                bytes(labels));
    }

    private static ByteString pixels(String base64) {
        try {
            return UnsafeByteOperations.unsafeWrap(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("images is not base64: " + e.getMessage(), e);
        }
    }

    private static ByteString bytes(List<Integer> labels) {
        byte[] bytes = new byte[labels.size()];
        for (int i = 0; i < bytes.length; i++) {
            int label = labels.get(i);
            if (label < 0 || label > 0xff) {
                throw new IllegalArgumentException(
                        "label %d of the batch is %d; it must be 0 to 255".formatted(i, label));
            }
            bytes[i] = (byte) label;
        }
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    private static Batch checked(Batch batch, StreamSpec stream, long sequence) {
        require(batch.sequence() == sequence, "sequence", batch.sequence(), sequence);
        require(batch.shape().equals(stream.shape()), "image shape", batch.shape(), stream.shape());
        require(batch.classes() == stream.classes(), "number of classes", batch.classes(), stream.classes());
        require(batch.size() == stream.batchSize(), "size", batch.size(), stream.batchSize());
        return batch;
    }

    private static void require(boolean holds, String what, Object found, Object wanted) {
        if (!holds) {
            throw invalid("The batch's %s is %s; here it must be %s".formatted(what, found, wanted));
        }
    }

    private static RefusedException invalid(String detail) {
        return new RefusedException(Refusal.INVALID_BATCH, detail);
    }
}
