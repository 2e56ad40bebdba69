package dev.vaestream.trainer;

import dev.vaestream.contracts.ConsumedRecord;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.random.Split;

/** Chains the digests of the records and draws each step's noise, in the order of the sequences. */
final class BatchPreparer {
    private final int latentDim;
    private Sha256 inputDigest;
    private PrngKey key;

    BatchPreparer(int latentDim, Sha256 inputDigest, PrngKey key) {
        this.latentDim = latentDim;
        this.inputDigest = inputDigest;
        this.key = key;
    }

    PreparedBatch prepare(Sequenced sequenced) {
        Received received = sequenced.received();
        ConsumedRecord consumed = new ConsumedRecord(received.offset(), received.digest());
        inputDigest = inputDigest.chain(received.digest());
        if (received instanceof Received.Good good) {
            Split split = key.split();
            key = split.first();
            float[] noise = split.second().normal(good.batch().size() * latentDim);
            return new PreparedBatch.Trainable(
                    good.sequence(),
                    good.partition(),
                    sequenced.resumeOffset(),
                    consumed,
                    inputDigest,
                    good.batch(),
                    noise,
                    key);
        }
        return new PreparedBatch.Skipped(
                received.sequence(), received.partition(), sequenced.resumeOffset(), consumed, inputDigest);
    }
}
