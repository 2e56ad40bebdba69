package dev.vaestream.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts the records of all partitions into the order of their sequences, without a gap. Of several records with the
 * same sequence the first in the log holds; the others are duplicates. A record that comes early is kept until its
 * turn; a partition with too many of those is {@link #full}. What is handed out, and the offsets that go with it,
 * depend on the log alone and not on how it was polled.
 */
final class BatchSequencer {
    private final long end;
    private final int capacity;
    private final List<Lane> lanes = new ArrayList<>();
    private long next;

    /**
     * @param first the sequence to hand out first
     * @param end the sequence after the last that is wanted
     * @param partitions of the topic; sequence g is in partition g mod partitions
     * @param capacity early records that a partition may keep before it is full
     */
    BatchSequencer(long first, long end, int partitions, int capacity) {
        this.next = first;
        this.end = end;
        this.capacity = capacity;
        for (int i = 0; i < partitions; i++) {
            lanes.add(new Lane());
        }
    }

    /**
     * Takes a record; those of a partition come in the order of their offsets.
     *
     * @return false where it was dropped as a duplicate
     */
    boolean offer(Received record) {
        long sequence = record.sequence();
        return sequence >= end
                || (sequence >= next && lanes.get(record.partition()).keep(record));
    }

    /** The record of the next sequence, where it has come. */
    Optional<Sequenced> poll() {
        Optional<Sequenced> found = lane(next).take(next);
        if (found.isPresent()) {
            next++;
        }
        return found;
    }

    /** The sequence to be handed out next. */
    long next() {
        return next;
    }

    /** Whether all that is wanted has been handed out. */
    boolean finished() {
        return next == end;
    }

    /** Whether later batches of the next one's partition have come without it. */
    boolean missesNext() {
        return !lane(next).early.isEmpty();
    }

    /** The highest sequence that has come in the next one's partition. */
    long highestBeside() {
        return lane(next).early.lastKey();
    }

    boolean full(int partition) {
        return lanes.get(partition).early.size() >= capacity;
    }

    private Lane lane(long sequence) {
        return lanes.get((int) (sequence % lanes.size()));
    }

    /** What one partition keeps. */
    private static final class Lane {
        private final TreeMap<Long, Received> early = new TreeMap<>();
        private final TreeSet<Long> offsets = new TreeSet<>();

        boolean keep(Received record) {
            if (early.putIfAbsent(record.sequence(), record) != null) {
                return false;
            }
            offsets.add(record.offset());
            return true;
        }

        Optional<Sequenced> take(long sequence) {
            Map.Entry<Long, Received> lowest = early.firstEntry();
            if (lowest == null || lowest.getKey() != sequence) {
                return Optional.empty();
            }
            early.pollFirstEntry();
            Received record = lowest.getValue();
            offsets.remove(record.offset());
            // An early record may lie before this one in the log; a reader that begins again must still meet it.
            long after = record.offset() + 1;
            long resume = offsets.isEmpty() ? after : Math.min(after, offsets.first());
            return Optional.of(new Sequenced(record, resume));
        }
    }
}
