package dev.vaestream.trainer;

import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.InvalidBatchException;
import dev.vaestream.contracts.InvalidBatchException.Reason;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StreamSpec;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records of one stream. The answer depends on the record and the stream's spec alone, so that every trainer
 * rejects the same records. A record that does not decode has the place that its key says; a record whose place would
 * be in another partition has none, because whichever reader met it first would decide.
 */
final class BatchDecoder {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,18}");

    private final StreamSpec stream;

    BatchDecoder(StreamSpec stream) {
        this.stream = stream;
    }

    Received decode(StreamRecord record) {
        Sha256 digest = Sha256.of(record.value());
        try {
            Batch batch = Batch.decode(record.value());
            if (place(batch.sequence(), record.partition()) == Received.NOWHERE) {
                return new Received.Bad(record, Received.NOWHERE, digest, Reason.INCONSISTENT);
            }
            if (!fits(batch)) {
                return new Received.Bad(record, batch.sequence(), digest, Reason.MISSHAPEN);
            }
            return new Received.Good(record.partition(), record.offset(), digest, batch);
        } catch (InvalidBatchException e) {
            return new Received.Bad(record, place(record.key(), record.partition()), digest, e.reason());
        }
    }

    private boolean fits(Batch batch) {
        return batch.shape().equals(stream.shape())
                && batch.classes() == stream.classes()
                && batch.size() == stream.batchSize();
    }

    private long place(@Nullable String key, int partition) {
        if (key == null || !DECIMAL.matcher(key).matches()) {
            return Received.NOWHERE;
        }
        return place(Long.parseLong(key), partition);
    }

    private long place(long sequence, int partition) {
        return sequence % stream.partitions() == partition ? sequence : Received.NOWHERE;
    }
}
