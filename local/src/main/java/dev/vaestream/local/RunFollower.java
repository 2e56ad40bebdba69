package dev.vaestream.local;

import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what Kafka's topics say of one run: all that was said, then whatever comes. */
final class RunFollower implements AutoCloseable {
    private final Topics topics;
    private final String run;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    RunFollower(String bootstrapServers, Topics topics, String run) {
        this.topics = topics;
        this.run = run;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = List.of(
                new TopicPartition(topics.runEvents(), 0),
                new TopicPartition(topics.metrics(), 0),
                new TopicPartition(topics.checkpoints(), 0));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.ends = consumer.endOffsets(partitions);
    }

    /** What was said before this follower was made, in the order of time. */
    List<Message> history() {
        List<Message> all = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            all.addAll(poll(Duration.ofMillis(200)));
        }
        return inOrder(all);
    }

    /** What has come since; empty where nothing comes within {@code timeout}. */
    List<Message> poll(Duration timeout) {
        List<Message> messages = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(timeout)) {
            decode(entry).ifPresent(messages::add);
        }
        return inOrder(messages);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private Optional<Message> decode(ConsumerRecord<byte[], byte[]> entry) {
        if (entry.value() == null) {
            return Optional.empty();
        }
        Instant at = Instant.ofEpochMilli(entry.timestamp());
        try {
            if (entry.topic().equals(topics.runEvents())) {
                RunEvent event = Json.read(entry.value(), RunEvent.class);
                return ofRun(event.run(), new Message(at, event));
            }
            if (entry.topic().equals(topics.metrics())) {
                MetricsEvent event = Json.read(entry.value(), MetricsEvent.class);
                return ofRun(event.run(), new Message(at, event));
            }
            CheckpointEvent event = Json.read(entry.value(), CheckpointEvent.class);
            return ofRun(event.run(), new Message(at, event));
        } catch (InvalidJsonException e) {
            return Optional.empty(); // Another version's message must not keep this one from being shown.
        }
    }

    private Optional<Message> ofRun(String name, Message message) {
        return name.equals(run) ? Optional.of(message) : Optional.empty();
    }

    private static List<Message> inOrder(List<Message> messages) {
        return messages.stream().sorted(Comparator.comparing(Message::at)).toList();
    }

    /**
     * One message.
     *
     * @param at when it was sent
     * @param event a {@link RunEvent}, {@link MetricsEvent} or {@link CheckpointEvent}
     */
    record Message(Instant at, Object event) {}
}
