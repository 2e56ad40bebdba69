package dev.vaestream.trainer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Another member of the group of trainers, which takes runs and never ends one. */
final class RivalTrainer implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread = new Thread(this::poll, "rival");
    private final List<String> taken = new ArrayList<>();
    private Set<Integer> partitions = Set.of();
    private volatile boolean closed;

    RivalTrainer(String bootstrapServers) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                TestingStack.TOPICS.prefix() + "trainers",
                "enable.auto.commit",
                "false",
                "auto.offset.reset",
                "earliest",
                "heartbeat.interval.ms",
                "300",
                "partition.assignment.strategy",
                CooperativeStickyAssignor.class.getName()));
        consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        thread.start();
    }

    /** The partitions that it has. */
    synchronized Set<Integer> partitions() {
        return partitions;
    }

    /** The runs that it was given. */
    synchronized List<String> taken() {
        return List.copyOf(taken);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void poll() {
        try (consumer) {
            consumer.subscribe(List.of(TestingStack.TOPICS.runs()));
            while (!closed) {
                var records = consumer.poll(Duration.ofMillis(100));
                synchronized (this) {
                    records.forEach(record -> taken.add(record.key()));
                    Set<Integer> assigned = new HashSet<>();
                    consumer.assignment().forEach(one -> assigned.add(one.partition()));
                    partitions = assigned;
                }
            }
        }
    }
}
