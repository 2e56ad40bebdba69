package dev.vaestream.ingest;

import dev.vaestream.contracts.StreamSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * How far a stream has come in Kafka, partition by partition. Partition p of P holds p, p + P, p + 2P, … from offset
 * 0, so its last record and its end say the same thing twice; where they don't, the topic does not hold the stream.
 *
 * @param next the sequence that each partition waits for
 */
record StreamTail(List<Long> next) {
    StreamTail {
        next = List.copyOf(next);
    }

    /** Before the first batch. */
    static StreamTail empty(StreamSpec spec) {
        return new StreamTail(LongStream.range(0, spec.partitions()).boxed().toList());
    }

    /** @throws RefusedException where the partitions hold anything but the stream's beginning */
    static StreamTail of(StreamSpec spec, List<PartitionEnd> ends) {
        List<Long> next = new ArrayList<>();
        for (int partition = 0; partition < spec.partitions(); partition++) {
            next.add(next(spec, partition, ends.get(partition)));
        }
        return new StreamTail(next);
    }

    /** Batches from the first without a gap. */
    long published() {
        return next.stream().mapToLong(Long::longValue).min().orElse(0);
    }

    boolean holds(long sequence) {
        return sequence < next.get((int) (sequence % next.size()));
    }

    /** With {@code sequence} appended; the same where that is not what its partition waits for. */
    StreamTail with(long sequence) {
        int partition = (int) (sequence % next.size());
        if (next.get(partition) != sequence) {
            return this;
        }
        List<Long> more = new ArrayList<>(next);
        more.set(partition, sequence + next.size());
        return new StreamTail(more);
    }

    /** The offset of a batch in its partition. */
    static long offset(StreamSpec spec, long sequence) {
        return sequence / spec.partitions();
    }

    private static long next(StreamSpec spec, int partition, PartitionEnd end) {
        long next = partition + end.end() * spec.partitions();
        LogRecord last = end.last();
        String expected = end.end() == 0 ? null : Long.toString(next - spec.partitions());
        String found = last == null ? null : last.key();
        if (end.beginning() != 0 || !Objects.equals(expected, found)) {
            throw new RefusedException(
                    Refusal.STREAM_BROKEN,
                    "Partition %d of stream '%s' begins at offset %d and ends at %d with batch %s; it must begin at 0 and end with batch %s"
                            .formatted(partition, spec.stream(), end.beginning(), end.end(), found, expected));
        }
        return next;
    }
}
