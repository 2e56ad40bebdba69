package dev.vaestream.trainer;

import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes and reads topics as the services around the trainer do. */
final class TopicClient implements AutoCloseable {
    private final Topics topics;
    private final Map<String, Object> common;
    private final KafkaProducer<String, byte[]> producer;

    TopicClient(String bootstrapServers, Topics topics) {
        this.topics = topics;
        this.common = Map.of("bootstrap.servers", bootstrapServers);
        this.producer = new KafkaProducer<>(common, new StringSerializer(), new ByteArraySerializer());
    }

    /** Makes a stream that has no batches yet. */
    void createStream(StreamSpec stream) {
        try (Admin admin = Admin.create(common)) {
            admin.createTopics(List.of(new NewTopic(topics.batches(stream.stream()), stream.partitions(), (short) 1)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        send(topics.streams(), null, stream.stream(), Json.write(stream));
    }

    void publish(StreamSpec stream, Batch batch) {
        publish(stream, batch.sequence(), batch.encode());
    }

    void publish(StreamSpec stream, long sequence, byte[] value) {
        int partition = (int) (sequence % stream.partitions());
        send(topics.batches(stream.stream()), partition, Long.toString(sequence), value);
    }

    void queue(RunRequest request) {
        send(topics.runs(), null, request.run(), Json.write(request));
    }

    void send(String topic, @Nullable Integer partition, String key, byte @Nullable [] value) {
        try {
            producer.send(new ProducerRecord<>(topic, partition, key, value)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All values of a key so far. */
    <T> List<T> values(String topic, String key, Class<T> type) {
        return records(topic).stream()
                .filter(record -> key.equals(record.key()))
                .map(record -> Json.read(record.value(), type))
                .toList();
    }

    /** All records of a topic so far. */
    List<ConsumerRecord<String, byte[]>> records(String topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(common, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** Runs that the group of trainers has not done with. */
    long waitingRuns() {
        try (Admin admin = Admin.create(common);
                KafkaConsumer<String, byte[]> consumer =
                        new KafkaConsumer<>(common, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topics.runs()).stream()
                    .map(info -> new TopicPartition(topics.runs(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            var committed = admin.listConsumerGroupOffsets(topics.prefix() + "trainers")
                    .partitionsToOffsetAndMetadata()
                    .get();
            return partitions.stream()
                    .mapToLong(one -> ends.getOrDefault(one, 0L)
                            - (committed.containsKey(one) ? committed.get(one).offset() : 0))
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
