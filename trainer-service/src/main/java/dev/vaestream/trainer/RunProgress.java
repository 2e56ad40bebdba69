package dev.vaestream.trainer;

import dev.vaestream.contracts.ConsumedRecord;
import dev.vaestream.contracts.LossSums;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.learning.random.PrngKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a run stands, advanced by one batch at a time. */
final class RunProgress {
    private final SortedMap<Integer, Long> offsets;
    private final SortedMap<Integer, ConsumedRecord> lastRecords;
    private final List<Long> skipped;
    private long step;
    private long nextSequence;
    private Sha256 inputDigest;
    private List<Long> key;

    RunProgress(Progress progress) {
        this.step = progress.step();
        this.nextSequence = progress.nextSequence();
        this.offsets = new TreeMap<>(progress.offsets());
        this.lastRecords = new TreeMap<>(progress.lastRecords());
        this.inputDigest = progress.inputDigest();
        this.skipped = new ArrayList<>(progress.skipped());
        this.key = progress.key();
    }

    /** Where a run begins. In a log without gaps batch g of P partitions is at offset g / P, and never before it. */
    static Progress begin(RunSpec spec, StreamSpec stream) {
        SortedMap<Integer, Long> offsets = new TreeMap<>();
        for (long g = spec.firstSequence(); g < spec.firstSequence() + stream.partitions(); g++) {
            offsets.put((int) (g % stream.partitions()), g / stream.partitions());
        }
        PrngKey key = Keys.first(spec);
        return new Progress(
                0,
                spec.firstSequence(),
                offsets,
                new TreeMap<>(),
                Sha256.EMPTY,
                List.of(),
                Keys.words(key),
                LossSums.ZERO,
                LossSums.ZERO);
    }

    /** @throws IllegalStateException where the batch is not the next one */
    void consume(PreparedBatch batch) {
        if (batch.sequence() != nextSequence) {
            throw new IllegalStateException(
                    "batch %d was handed out where %d is next".formatted(batch.sequence(), nextSequence));
        }
        step++;
        nextSequence++;
        offsets.put(batch.partition(), batch.resumeOffset());
        lastRecords.put(batch.partition(), batch.record());
        inputDigest = batch.inputDigest();
        if (batch instanceof PreparedBatch.Trainable trainable) {
            key = Keys.words(trainable.key());
        } else {
            skipped.add(batch.sequence());
        }
    }

    long step() {
        return step;
    }

    Progress with(LossSums window, LossSums epoch) {
        return new Progress(step, nextSequence, offsets, lastRecords, inputDigest, skipped, key, window, epoch);
    }
}
