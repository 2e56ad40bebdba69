package dev.vaestream.ingest;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.StreamSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Puts batches from outside in sequence. One at a time for each stream; the next is looked at when Kafka has answered
 * for the one before it, so a client may send any batch again until it gets an answer.
 */
final class BatchIntake {
    private static final Logger LOGGER = Logger.getLogger(BatchIntake.class);

    private final Log log;
    private final Outbox outbox;
    private final Acknowledgement acknowledgement;
    private final Map<PublishedStream, CompletableFuture<Void>> unanswered = new ConcurrentHashMap<>();

    BatchIntake(Log log, Outbox outbox, Duration timeout) {
        this.log = log;
        this.outbox = outbox;
        this.acknowledgement = new Acknowledgement(timeout);
    }

    /** @throws RefusedException where the batch is not the next one and not there already, or Kafka does not answer */
    BatchReceipt put(PublishedStream stream, Batch batch) {
        acknowledgement.lock(stream.writer());
        try {
            settle(stream).ifPresent(failure -> LOGGER.warn(failure.getMessage()));
            long expected = stream.tail().published();
            return switch (Placement.of(batch.sequence(), expected)) {
                case NEXT -> append(stream, batch);
                case TAKEN -> compare(stream, batch);
                case GAP -> throw gap(stream, batch.sequence(), expected);
            };
        } finally {
            stream.writer().unlock();
        }
    }

    private BatchReceipt append(PublishedStream stream, Batch batch) {
        long sequence = batch.sequence();
        CrashPoint.BATCH_SEND.around(() -> {
            unanswered.put(
                    stream,
                    outbox.batch(stream.spec(), sequence, batch.encode())
                            .thenRun(() -> stream.acknowledged(sequence))
                            .toCompletableFuture());
            settle(stream).ifPresent(failure -> {
                throw failure;
            });
        });
        return receipt(stream, sequence, false);
    }

    private BatchReceipt compare(PublishedStream stream, Batch batch) {
        BatchReceipt receipt = receipt(stream, batch.sequence(), true);
        ByteString there =
                log.read(stream.topic(), receipt.partition(), receipt.offset()).value();
        if (!UnsafeByteOperations.unsafeWrap(batch.encode()).equals(there)) {
            throw new RefusedException(
                    Refusal.BATCH_DIFFERS,
                    "Batch %d of stream '%s' is another one; it cannot be replaced"
                            .formatted(batch.sequence(), receipt.stream()));
        }
        return receipt;
    }

    /** Waits for the answer to the last send. Where Kafka refused it, reads anew where the stream ends, and says why. */
    private Optional<KafkaUnavailableException> settle(PublishedStream stream) {
        CompletableFuture<Void> last = unanswered.get(stream);
        Optional<KafkaUnavailableException> failure = Optional.empty();
        if (last != null) {
            try {
                acknowledgement.await(last, "the batch");
            } catch (KafkaUnavailableException e) {
                StreamSpec spec = stream.spec();
                stream.reset(StreamTail.of(spec, log.ends(stream.topic(), spec.partitions())));
                failure = Optional.of(e);
            }
            unanswered.remove(stream);
        }
        return failure;
    }

    private static BatchReceipt receipt(PublishedStream stream, long sequence, boolean duplicate) {
        StreamSpec spec = stream.spec();
        return new BatchReceipt(
                spec.stream(),
                sequence,
                (int) (sequence % spec.partitions()),
                StreamTail.offset(spec, sequence),
                duplicate);
    }

    private static RefusedException gap(PublishedStream stream, long sequence, long expected) {
        return new RefusedException(
                Refusal.SEQUENCE_GAP,
                "Stream '%s' waits for batch %d, not %d".formatted(stream.spec().stream(), expected, sequence),
                Map.of("expected", expected));
    }
}
