package dev.vaestream.trainer;

import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads the topic of streams whole when it is asked for one, and describes topics by Admin. */
final class StreamsInKafka implements Streams {
    private static final Logger LOG = Logger.getLogger(StreamsInKafka.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MAX_POLL_RECORDS = 500;

    private final KafkaClients clients;
    private final Topics topics;

    StreamsInKafka(KafkaClients clients, Topics topics) {
        this.clients = clients;
        this.topics = topics;
    }

    @Override
    public Optional<StreamSpec> find(String stream) {
        try (Consumer<String, byte[]> consumer = clients.consumer(MAX_POLL_RECORDS)) {
            List<TopicPartition> partitions = partitions(consumer, topics.streams());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Optional<StreamSpec> found = Optional.empty();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (stream.equals(record.key())) {
                        found = parse(record);
                    }
                }
            }
            return found;
        } catch (KafkaException e) {
            throw new UnavailableException("topic " + topics.streams() + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public TopicIdentity identify(StreamSpec stream) {
        String topic = topics.batches(stream.stream());
        try (Admin admin = clients.admin()) {
            TopicDescription description = get(
                    topic,
                    admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
            int partitions = description.partitions().size();
            if (partitions != stream.partitions()) {
                throw new RunFailedException("topic %s has %d partitions; stream '%s' is said to have %d"
                        .formatted(topic, partitions, stream.stream(), stream.partitions()));
            }
            String cluster = get(topic, admin.describeCluster().clusterId());
            return new TopicIdentity(topic, description.topicId().toString(), cluster);
        } catch (KafkaException e) {
            throw new UnavailableException("Kafka cannot be asked about topic " + topic + ": " + e.getMessage(), e);
        }
    }

    @Override
    public PartitionReader open(StreamSpec stream) {
        try {
            return new KafkaPartitionReader(
                    clients.consumer(Buffers.of(stream).poll()), topics.batches(stream.stream()));
        } catch (KafkaException e) {
            throw new UnavailableException("stream '" + stream.stream() + "' cannot be opened: " + e.getMessage(), e);
        }
    }

    private static List<TopicPartition> partitions(Consumer<String, byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new UnavailableException("topic " + topic + " does not exist");
        }
        return partitions;
    }

    /** A tombstone, or a spec that this version cannot read, is no spec. */
    private static Optional<StreamSpec> parse(ConsumerRecord<String, byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(value, StreamSpec.class));
        } catch (InvalidJsonException e) {
            LOG.warnf(
                    "the spec of stream '%s' at offset %d is not read: %s",
                    record.key(), record.offset(), e.getMessage());
            return Optional.empty();
        }
    }

    private static <T> T get(String topic, @Nullable KafkaFuture<T> future) {
        if (future == null) {
            throw new UnavailableException("Kafka does not describe topic " + topic);
        }
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new UnavailableException("topic " + topic + " does not exist", e);
            }
            throw new UnavailableException("Kafka does not describe topic " + topic + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("asking about topic " + topic + " was interrupted", e);
        }
    }
}
