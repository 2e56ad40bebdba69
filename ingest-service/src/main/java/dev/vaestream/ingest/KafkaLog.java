package dev.vaestream.ingest;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/** Kafka by its own clients: one admin client for the life of the process, and a consumer for each read. */
final class KafkaLog implements Log {
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
        return reading(consumer -> partitions(topic, partitions)
                .map(partition -> new PartitionRecords(consumer, partition).end())
                .toList());
    }

    @Override
    public List<LogRecord> readAll(String topic) {
        int partitions = partitions(topic);
        return reading(consumer -> {
            List<LogRecord> records = new ArrayList<>();
            partitions(topic, partitions)
                    .forEach(partition -> new PartitionRecords(consumer, partition).forEach(records::add));
            return records;
        });
    }

    @Override
    public LogRecord batch(String topic, int partition, long sequence) {
        return reading(consumer -> new PartitionRecords(consumer, new TopicPartition(topic, partition)).find(sequence));
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

    private static Stream<TopicPartition> partitions(String topic, int partitions) {
        return IntStream.range(0, partitions).mapToObj(partition -> new TopicPartition(topic, partition));
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
