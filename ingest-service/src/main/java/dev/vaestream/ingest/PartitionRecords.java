package dev.vaestream.ingest;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The committed records of one partition, as far as it goes now. Not every offset holds one: the marks and the aborted
 * records of transactions have offsets too.
 */
final class PartitionRecords {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int IDLE_POLLS = 50;
    /** A record and the mark behind it. */
    private static final long NEAR_END = 2;

    private static final long FURTHER = 8;

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final long beginning;
    private final long end;

    /** Assigns {@code consumer} to the partition alone. */
    PartitionRecords(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        this.consumer = consumer;
        this.partition = partition;
        consumer.assign(List.of(partition));
        this.beginning = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        this.end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    void forEach(java.util.function.Consumer<LogRecord> action) {
        visit(beginning, record -> {
            action.accept(record);
            return true;
        });
    }

    /** Looks for the last record further and further back. */
    PartitionEnd end() {
        LogRecord last = null;
        long from = end;
        for (long back = NEAR_END; last == null && from > beginning; back *= FURTHER) {
            from = Math.max(beginning, end - back);
            last = last(from);
        }
        return new PartitionEnd(beginning, end, last);
    }

    /**
     * The record with a key of a partition whose keys are ascending numbers. Halves the partition until it is found.
     *
     * @throws KafkaUnavailableException where there is none
     */
    LogRecord find(long key) {
        long low = beginning;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            LogRecord record = first(middle);
            if (record == null || record.number() > key) {
                high = middle;
            } else if (record.number() < key) {
                low = record.offset() + 1;
            } else {
                return record;
            }
        }
        throw new KafkaUnavailableException("Kafka gives no record %d of %s".formatted(key, partition));
    }

    private @Nullable LogRecord first(long from) {
        LogRecord[] found = new LogRecord[1];
        visit(from, record -> {
            found[0] = record;
            return false;
        });
        return found[0];
    }

    private @Nullable LogRecord last(long from) {
        LogRecord[] found = new LogRecord[1];
        visit(from, record -> {
            found[0] = record;
            return true;
        });
        return found[0];
    }

    /** Gives records in their order to {@code visitor}, until it says false. */
    private void visit(long from, Predicate<LogRecord> visitor) {
        consumer.seek(partition, from);
        int idle = 0;
        for (long position = from; position < end; position = consumer.position(partition)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
                if (record.offset() >= end || !visitor.test(convert(record))) {
                    return;
                }
            }
            idle = consumer.position(partition) == position ? idle + 1 : 0;
            if (idle == IDLE_POLLS) {
                throw new KafkaUnavailableException(
                        "Kafka gives no record at offset %d of %s".formatted(position, partition));
            }
        }
    }

    private static LogRecord convert(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
        ByteString value = record.value() == null ? null : UnsafeByteOperations.unsafeWrap(record.value());
        return new LogRecord(record.partition(), record.offset(), key, value);
    }
}
