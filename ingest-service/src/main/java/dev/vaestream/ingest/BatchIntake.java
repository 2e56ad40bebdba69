package dev.vaestream.ingest;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.CrashPoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Puts batches from outside in sequence. One at a time for each stream; the next is looked at when Kafka has answered
 * for the one before it, so a client may send any batch again until it gets an answer.
 */
final class BatchIntake {
    private final Log log;
    private final StreamAppender appender;
    private final Acknowledgement acknowledgement;

    BatchIntake(Log log, StreamAppender appender, Duration timeout) {
        this.log = log;
        this.appender = appender;
        this.acknowledgement = new Acknowledgement(timeout);
    }

    /**
     * @throws RefusedException where the batch is not the next one and not there already, or the stream has another
     *     writer
     * @throws KafkaUnavailableException where Kafka does not answer; the same batch may be put again
     */
    BatchReceipt put(PublishedStream stream, Batch batch) {
        acknowledgement.lock(stream.writer());
        try {
            if (!appender.isClaimed(stream) || placement(stream, batch) == Placement.GAP) {
                appender.look(stream);
            }
            // Whoever only asks for what is there takes the stream from nobody.
            if (placement(stream, batch) == Placement.NEXT) {
                appender.claim(stream);
            }
            return switch (placement(stream, batch)) {
                case NEXT -> append(stream, batch);
                case TAKEN -> compare(stream, batch);
                case GAP -> throw gap(stream, batch.sequence());
            };
        } finally {
            stream.writer().unlock();
        }
    }

    private BatchReceipt append(PublishedStream stream, Batch batch) {
        long offset = CrashPoint.BATCH_SEND.around(() -> appender.append(stream, List.of(batch)));
        stream.acknowledged(batch.sequence());
        return receipt(stream, batch.sequence(), offset, false);
    }

    private BatchReceipt compare(PublishedStream stream, Batch batch) {
        LogRecord there = log.batch(stream.topic(), partition(stream, batch.sequence()), batch.sequence());
        ByteString encoded = UnsafeByteOperations.unsafeWrap(batch.encode());
        if (!encoded.equals(there.value())) {
            throw new RefusedException(
                    Refusal.BATCH_DIFFERS,
                    "Batch %d of stream '%s' is another one; it cannot be replaced"
                            .formatted(batch.sequence(), stream.spec().stream()));
        }
        return receipt(stream, batch.sequence(), there.offset(), true);
    }

    private static BatchReceipt receipt(PublishedStream stream, long sequence, long offset, boolean duplicate) {
        return new BatchReceipt(stream.spec().stream(), sequence, partition(stream, sequence), offset, duplicate);
    }

    private static int partition(PublishedStream stream, long sequence) {
        return (int) (sequence % stream.spec().partitions());
    }

    private static Placement placement(PublishedStream stream, Batch batch) {
        return Placement.of(batch.sequence(), stream.tail().published());
    }

    private static RefusedException gap(PublishedStream stream, long sequence) {
        long expected = stream.tail().published();
        return new RefusedException(
                Refusal.SEQUENCE_GAP,
                "Stream '%s' waits for batch %d, not %d".formatted(stream.spec().stream(), expected, sequence),
                Map.of("expected", expected));
    }
}
