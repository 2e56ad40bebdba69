package dev.vaestream.contracts;

import com.google.protobuf.ByteString;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;

/**
 * One message of a stream: B labelled images.
 *
 * @param sequence position in the stream, from 0 without gaps
 * @param epoch pass over the dataset that this batch belongs to, from 0
 * @param index position in the epoch, from 0
 * @param epochBatches batches in an epoch; 0 where nobody knows
 * @param shape of every image
 * @param classes labels are 0 to classes - 1
 * @param images (B, height, width) in row-major order, one unsigned byte a pixel
 * @param labels (B), one unsigned byte each
 */
public record Batch(
        long sequence,
        int epoch,
        int index,
        int epochBatches,
        ImageShape shape,
        int classes,
        ByteString images,
        ByteString labels) {

    /** Images in a batch at most; with 28 by 28 pixels that is 3.2 MB. */
    public static final int MAX_SIZE = 4096;

    private static final int MAX_CLASSES = 256;

    /** Passes over unknown fields; kept, they take a hundred times the bytes they come in. */
    private static final Parser<BatchMessage> PARSER = DiscardUnknownFieldsParser.wrap(BatchMessage.parser());

    public Batch {
        Checks.atLeast("sequence", 0, sequence);
        Checks.atLeast("epoch", 0, epoch);
        Checks.atLeast("index", 0, index);
        Checks.atLeast("epochBatches", 0, epochBatches);
        Checks.check(
                epochBatches == 0 || index < epochBatches,
                "index is %d; the epoch has %d batches, so it must be less",
                index,
                epochBatches);
        Checks.between("classes", 1, MAX_CLASSES, classes);
        Checks.between("number of labels", 1, MAX_SIZE, labels.size());
        long expected = (long) labels.size() * shape.pixels();
        Checks.check(
                images.size() == expected,
                "images have %d bytes; %d labels of %s images need %d",
                images.size(),
                labels.size(),
                shape,
                expected);
        for (int i = 0; i < labels.size(); i++) {
            int label = Byte.toUnsignedInt(labels.byteAt(i));
            Checks.check(label < classes, "label %d of the batch is %d; it must be 0 to %d", i, label, classes - 1);
        }
    }

    /** The number of images, B. */
    public int size() {
        return labels.size();
    }

    public byte[] encode() {
        return BatchMessage.newBuilder()
                .setSequence(sequence)
                .setEpoch(epoch)
                .setIndex(index)
                .setEpochBatches(epochBatches)
                .setHeight(shape.height())
                .setWidth(shape.width())
                .setClasses(classes)
                .setImages(images)
                .setLabels(labels)
                .build()
                .toByteArray();
    }

    /** @throws InvalidBatchException where the bytes are no batch; the same bytes always give the same answer */
    public static Batch decode(byte[] bytes) {
        try {
            BatchMessage message = PARSER.parseFrom(UnsafeByteOperations.unsafeWrap(bytes));
            return new Batch(
                    message.getSequence(),
                    message.getEpoch(),
                    message.getIndex(),
                    message.getEpochBatches(),
                    new ImageShape(message.getHeight(), message.getWidth()),
                    message.getClasses(),
                    message.getImages(),
                    message.getLabels());
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidBatchException(
                    InvalidBatchException.Reason.UNREADABLE, bytes.length + " bytes are not a batch message", e);
        } catch (IllegalArgumentException e) {
            throw new InvalidBatchException(
                    InvalidBatchException.Reason.INCONSISTENT, "The batch does not hold: " + e.getMessage(), e);
        }
    }
}
