package dev.vaestream.ingest;

import static java.util.stream.Collectors.toSet;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/** Kafka by its own clients: one admin client for the life of the process, and a consumer for each read. */
final class KafkaLog implements Log, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int EMPTY_POLLS = 50;
    private static final Map<String, String> KEEP_EVERYTHING = Map.of(
            "cleanup.policy",
            "delete",
            "retention.ms",
            "-1",
            "retention.bytes",
            "-1",
            "max.message.bytes",
            Integer.toString(StreamPlan.MAX_BATCH_BYTES + (1 << 20)));

    private final KafkaClients clients;

    KafkaLog(KafkaClients clients) {
        this.clients = clients;
    }

    @Override
    public Set<String> missing(Collection<String> topics) {
        Set<String> there = admin(admin -> admin.listTopics().names());
        return topics.stream().filter(topic -> !there.contains(topic)).collect(toSet());
    }

    @Override
    public void createTopic(String topic, int partitions) {
        try {
            NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(KEEP_EVERYTHING);
            admin(admin -> admin.createTopics(List.of(wanted)).all());
        } catch (KafkaUnavailableException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
            requirePartitions(topic, partitions);
        }
    }

    @Override
    public List<PartitionEnd> ends(String topic, int partitions) {
        List<TopicPartition> all = partitions(topic, partitions);
        return reading(consumer -> {
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            return all.stream()
                    .map(partition -> end(
                            consumer,
                            partition,
                            beginnings.getOrDefault(partition, 0L),
                            ends.getOrDefault(partition, 0L)))
                    .toList();
        });
    }

    @Override
    public List<LogRecord> readAll(String topic) {
        List<TopicPartition> all = partitions(topic, partitions(topic));
        return reading(consumer -> {
            List<LogRecord> records = new ArrayList<>();
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            all.forEach(partition -> readTo(consumer, partition, ends.getOrDefault(partition, 0L), records));
            return records;
        });
    }

    @Override
    public LogRecord read(String topic, int partition, long offset) {
        TopicPartition one = new TopicPartition(topic, partition);
        return reading(consumer -> record(consumer, one, offset));
    }

    @Override
    public void close() {
        clients.close();
    }

    private static PartitionEnd end(
            Consumer<byte[], byte[]> consumer, TopicPartition partition, long beginning, long end) {
        return new PartitionEnd(beginning, end, beginning == end ? null : record(consumer, partition, end - 1));
    }

    private static void readTo(
            Consumer<byte[], byte[]> consumer, TopicPartition partition, long end, List<LogRecord> records) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        // The position, not the last record: a compacted topic may end with offsets that hold nothing.
        while (consumer.position(partition) < end) {
            consumer.poll(POLL).records(partition).forEach(record -> records.add(convert(record)));
        }
    }

    private static LogRecord record(Consumer<byte[], byte[]> consumer, TopicPartition partition, long offset) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        for (int i = 0; i < EMPTY_POLLS; i++) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
                return convert(record);
            }
        }
        throw new KafkaUnavailableException("Kafka gives no record at offset %d of %s".formatted(offset, partition));
    }

    private static LogRecord convert(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
        ByteString value = record.value() == null ? null : UnsafeByteOperations.unsafeWrap(record.value());
        return new LogRecord(record.partition(), record.offset(), key, value);
    }

    /** Only of a topic that was there before: a new one may take a moment until it can be described. */
    private void requirePartitions(String topic, int partitions) {
        int found = partitions(topic);
        if (found != partitions) {
            throw new RefusedException(
                    Refusal.TOPIC_TAKEN, "Topic %s has %d partitions, not %d".formatted(topic, found, partitions));
        }
    }

    private int partitions(String topic) {
        return admin(admin -> admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                .mapToInt(description -> description.partitions().size())
                .sum();
    }

    private static List<TopicPartition> partitions(String topic, int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private <T> T reading(Function<Consumer<byte[], byte[]>, T> read) {
        try (Consumer<byte[], byte[]> consumer = clients.consumer()) {
            return read.apply(consumer);
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    private <T> T admin(Function<Admin, KafkaFuture<T>> call) {
        try {
            return call.apply(clients.admin()).get();
        } catch (ExecutionException e) {
            throw unavailable(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    private KafkaUnavailableException unavailable(Throwable cause) {
        return new KafkaUnavailableException(
                "Kafka at %s does not answer: %s".formatted(clients.servers(), cause.getMessage()), cause);
    }
}
