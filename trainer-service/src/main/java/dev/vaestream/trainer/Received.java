package dev.vaestream.trainer;

import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.InvalidBatchException.Reason;
import dev.vaestream.contracts.Sha256;

/** A record after decoding: a batch that can be trained on, or a record that cannot. */
sealed interface Received {
    /** What a record has for a sequence that belongs to none. */
    long NOWHERE = -1;

    /** Its place in the stream; {@link #NOWHERE} where it has none. */
    long sequence();

    int partition();

    long offset();

    /** SHA-256 of the record's value. */
    Sha256 digest();

    /** A batch of the stream's shape. */
    record Good(int partition, long offset, Sha256 digest, Batch batch) implements Received {
        @Override
        public long sequence() {
            return batch.sequence();
        }
    }

    /** Bytes that are no batch of this stream, whoever reads them. */
    record Bad(StreamRecord record, long sequence, Sha256 digest, Reason reason) implements Received {
        @Override
        public int partition() {
            return record.partition();
        }

        @Override
        public long offset() {
            return record.offset();
        }
    }
}
