package dev.vaestream.trainer;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vaestream.contracts.InvalidBatchException.Reason;

/** A record that was set aside: where it was, its bytes and why. */
record DeadLetter(String topic, int partition, long offset, ByteString value, Reason reason) {
    static DeadLetter of(String topic, Received.Bad bad) {
        return new DeadLetter(
                topic,
                bad.partition(),
                bad.offset(),
                UnsafeByteOperations.unsafeWrap(bad.record().value()),
                bad.reason());
    }

    /** Its key, the same whenever the same record is set aside again. */
    String key() {
        return topic + "-" + partition + "-" + offset;
    }
}
