package dev.vaestream.ingest;

import dev.vaestream.contracts.StreamSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How far a stream has come in Kafka, partition by partition. Partition p of P holds p, p + P, p + 2P, … from offset 0
 * on, so its last record says how many there are; where they cannot be there, the topic does not hold the stream.
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

    private static long next(StreamSpec spec, int partition, PartitionEnd end) {
        if (end.beginning() == 0 && end.last() == null) {
            return partition;
        }
        long last = end.last() == null ? -1 : end.last().number();
        boolean inPlace = last >= 0 && last % spec.partitions() == partition;
        if (end.beginning() != 0 || !inPlace || last / spec.partitions() >= end.end()) {
            throw new RefusedException(
                    Refusal.STREAM_BROKEN,
                    "Partition %d of stream '%s' has offsets %d to %d and ends with batch %s; it must begin at 0 and hold every batch g with g mod %d = %d"
                            .formatted(
                                    partition,
                                    spec.stream(),
                                    end.beginning(),
                                    end.end(),
                                    end.last() == null ? null : end.last().key(),
                                    spec.partitions(),
                                    partition));
        }
        return last + spec.partitions();
    }
}
