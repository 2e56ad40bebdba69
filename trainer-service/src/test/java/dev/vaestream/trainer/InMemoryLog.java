package dev.vaestream.trainer;

import static java.util.stream.Collectors.toMap;

import dev.vaestream.contracts.Batch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A topic in memory. Each reader answers its polls in portions and from partitions of its own choice. */
final class InMemoryLog {
    private final List<List<StreamRecord>> partitions = new ArrayList<>();
    private final List<Integer> beginnings = new ArrayList<>();

    InMemoryLog(int partitions) {
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new ArrayList<>());
            beginnings.add(0);
        }
    }

    synchronized void append(Batch batch) {
        append((int) (batch.sequence() % partitions.size()), Long.toString(batch.sequence()), batch.encode());
    }

    synchronized void append(int partition, String key, byte[] value) {
        List<StreamRecord> log = partitions.get(partition);
        log.add(new StreamRecord(partition, log.size(), key, value));
    }

    /** Has other bytes where a record was, as a log that was cut off and grew again. */
    synchronized void replace(int partition, int offset, byte[] value) {
        StreamRecord record = partitions.get(partition).get(offset);
        partitions.get(partition).set(offset, new StreamRecord(partition, offset, record.key(), value));
    }

    /** Forgets the records before {@code offset}, as retention does. */
    synchronized void trim(int partition, int offset) {
        beginnings.set(partition, offset);
    }

    PartitionReader reader(long seed) {
        return new Reader(new Random(seed));
    }

    private synchronized List<StreamRecord> read(int partition, int offset, int count) {
        List<StreamRecord> log = partitions.get(partition);
        if (offset < beginnings.get(partition)) {
            throw new RunFailedException("offset " + offset + " is gone");
        }
        return List.copyOf(log.subList(Math.min(offset, log.size()), Math.min(offset + count, log.size())));
    }

    private final class Reader implements PartitionReader {
        private static final int MAX_PORTION = 12;

        private final Random random;
        private final Map<Integer, Integer> positions = new TreeMap<>();
        private final Set<Integer> paused = new HashSet<>();

        Reader(Random random) {
            this.random = random;
        }

        @Override
        public Optional<StreamRecord> at(int partition, long offset) {
            if (beginnings.get(partition) > offset) {
                return Optional.empty();
            }
            List<StreamRecord> found = read(partition, (int) offset, 1);
            if (found.isEmpty()) {
                throw new UnavailableException("the log is shorter than it was");
            }
            return Optional.of(found.get(0));
        }

        @Override
        public Set<Integer> begin(Map<Integer, Long> offsets, boolean fresh) {
            Set<Integer> trimmed = new HashSet<>();
            offsets.forEach((partition, offset) -> {
                int beginning = beginnings.get(partition);
                int end = partitions.get(partition).size();
                if (beginning > offset && (!fresh || beginning == end)) {
                    throw new RunFailedException("offset " + offset + " is gone");
                }
                if (beginning > offset) {
                    trimmed.add(partition);
                }
                int start = offset.intValue();
                positions.put(partition, fresh ? Math.max(beginning, Math.min(start, end)) : start);
            });
            return trimmed;
        }

        @Override
        public List<StreamRecord> poll(java.time.Duration timeout) {
            List<StreamRecord> records = new ArrayList<>();
            positions.forEach((partition, position) -> {
                if (!paused.contains(partition)) {
                    records.addAll(read(partition, position, random.nextInt(MAX_PORTION)));
                }
            });
            records.forEach(record -> positions.put(record.partition(), (int) record.offset() + 1));
            return records;
        }

        @Override
        public Map<Integer, Long> beginnings() {
            return positions.keySet().stream()
                    .collect(toMap(partition -> partition, partition -> (long) beginnings.get(partition)));
        }

        @Override
        public long lag() {
            return positions.entrySet().stream()
                    .mapToLong(position -> partitions.get(position.getKey()).size() - position.getValue())
                    .sum();
        }

        @Override
        public void pause(int partition) {
            paused.add(partition);
        }

        @Override
        public void resume(int partition) {
            paused.remove(partition);
        }

        @Override
        public void close() {
            positions.clear();
        }
    }
}
