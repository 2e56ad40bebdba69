package dev.vaestream.contracts;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a run stands between two steps: with the blobs, all that the next step depends on.
 *
 * @param step steps made
 * @param nextSequence the batch that comes next
 * @param offsets next Kafka offset by partition
 * @param lastRecords the last record consumed of each partition
 * @param inputDigest chain of the SHA-256 of every record consumed
 * @param skipped sequences of the batches that were bad by their own bytes; they count as a step's place, not as a step
 * @param key the two words of the key that the next step splits
 * @param window losses since the last metrics window
 * @param epoch losses since the epoch began
 */
public record Progress(
        long step,
        long nextSequence,
        SortedMap<Integer, Long> offsets,
        SortedMap<Integer, ConsumedRecord> lastRecords,
        Sha256 inputDigest,
        List<Long> skipped,
        List<Long> key,
        LossSums window,
        LossSums epoch) {
    public Progress {
        Checks.atLeast("step", 0, step);
        Checks.atLeast("nextSequence", 0, nextSequence);
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
        lastRecords = Collections.unmodifiableSortedMap(new TreeMap<>(lastRecords));
        skipped = List.copyOf(skipped);
        key = List.copyOf(key);
        Checks.check(key.size() == 2, "a key has 2 words, not %d", key.size());
        key.forEach(word -> Checks.between("key word", 0, 0xffffffffL, word));
    }
}
