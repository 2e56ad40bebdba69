package dev.vaestream.trainer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic by {@code assign} and {@code seek}; the group's offsets have no part in it. */
final class KafkaPartitionReader implements PartitionReader {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final byte[] NO_VALUE = new byte[0];

    private final Consumer<String, byte[]> consumer;
    private final String topic;

    /** Takes {@code consumer} over. */
    KafkaPartitionReader(Consumer<String, byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    @Override
    public Optional<StreamRecord> at(int partition, long offset) {
        TopicPartition wanted = partition(partition);
        try {
            consumer.assign(List.of(wanted));
            if (consumer.beginningOffsets(List.of(wanted)).getOrDefault(wanted, 0L) > offset) {
                return Optional.empty();
            }
            if (consumer.endOffsets(List.of(wanted)).getOrDefault(wanted, 0L) <= offset) {
                throw shorter(Map.of(wanted, offset));
            }
            consumer.seek(wanted, offset);
            for (ConsumerRecord<String, byte[]> record : consumer.poll(PATIENCE)) {
                return Optional.of(streamRecord(record));
            }
            throw new UnavailableException(
                    "record %d of %s has not come within %s".formatted(offset, wanted, PATIENCE));
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Set<Integer> begin(Map<Integer, Long> offsets, boolean fresh) {
        List<TopicPartition> partitions =
                offsets.keySet().stream().map(this::partition).toList();
        try {
            consumer.assign(partitions);
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Set<Integer> trimmed = new HashSet<>();
            for (TopicPartition partition : partitions) {
                long wanted = offsets.getOrDefault(partition.partition(), 0L);
                long beginning = beginnings.getOrDefault(partition, 0L);
                long end = ends.getOrDefault(partition, 0L);
                if (beginning > wanted) {
                    // Of an empty log nothing would ever come that says what is missing.
                    if (!fresh || beginning == end) {
                        throw gone(partition, wanted, beginning);
                    }
                    trimmed.add(partition.partition());
                }
                consumer.seek(partition, start(wanted, beginning, end, fresh));
            }
            return trimmed;
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    @Override
    public List<StreamRecord> poll(Duration timeout) {
        try {
            List<StreamRecord> records = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> record : consumer.poll(timeout)) {
                records.add(streamRecord(record));
            }
            return records;
        } catch (OffsetOutOfRangeException e) {
            throw outOfRange(e);
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Map<Integer, Long> beginnings() {
        try {
            return consumer.beginningOffsets(consumer.assignment()).entrySet().stream()
                    .collect(Collectors.toMap(beginning -> beginning.getKey().partition(), Map.Entry::getValue));
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    @Override
    public long lag() {
        return consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    @Override
    public void pause(int partition) {
        consumer.pause(List.of(partition(partition)));
    }

    @Override
    public void resume(int partition) {
        consumer.resume(List.of(partition(partition)));
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** A fresh run's offsets are the least that can hold its batches; the log may be shorter or begin later. */
    private static long start(long wanted, long beginning, long end, boolean fresh) {
        return fresh ? Math.max(beginning, Math.min(wanted, end)) : wanted;
    }

    private RuntimeException outOfRange(OffsetOutOfRangeException e) {
        Map<TopicPartition, Long> positions = e.offsetOutOfRangePartitions();
        try {
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(positions.keySet());
            for (Map.Entry<TopicPartition, Long> position : positions.entrySet()) {
                long beginning = beginnings.getOrDefault(position.getKey(), 0L);
                if (position.getValue() < beginning) {
                    return gone(position.getKey(), position.getValue(), beginning);
                }
            }
        } catch (KafkaException again) {
            return unavailable(again);
        }
        return shorter(positions);
    }

    private static UnavailableException shorter(Map<TopicPartition, Long> positions) {
        return new UnavailableException(
                "the log is shorter than it was; it ends before the offsets that come next: " + positions);
    }

    private static StreamRecord streamRecord(ConsumerRecord<String, byte[]> record) {
        byte[] value = record.value() == null ? NO_VALUE : record.value();
        return new StreamRecord(record.partition(), record.offset(), record.key(), value);
    }

    private static RunFailedException gone(TopicPartition partition, long wanted, long beginning) {
        return new RunFailedException(
                "records that the run needs are gone: %s begins at offset %d, and %d is next; publish the stream again, with longer retention, and begin another run on it"
                        .formatted(partition, beginning, wanted));
    }

    private UnavailableException unavailable(KafkaException e) {
        return new UnavailableException("topic " + topic + " cannot be read: " + e.getMessage(), e);
    }

    private TopicPartition partition(int partition) {
        return new TopicPartition(topic, partition);
    }
}
