package dev.vaestream.integrationtests;

import dev.vaestream.contracts.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A stream's topic, written and misused by somebody else than ingest. */
final class RawStream implements AutoCloseable {
    private final String topic;
    private final int partitions;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;

    RawStream(String bootstrapServers, String stream, int partitions) {
        this.topic = new Topics("").batches(stream);
        this.partitions = partitions;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Appends a record where ingest would put the batch of this sequence. */
    void append(long sequence, byte[] value) {
        join(producer.send(new ProducerRecord<>(topic, (int) (sequence % partitions), Long.toString(sequence), value)));
    }

    void append(List<ConsumerRecord<String, byte[]>> records) {
        records.forEach(record -> append(Long.parseLong(record.key()), record.value()));
    }

    /** As retention does. */
    void deleteBefore(int partition, long offset) {
        join(admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
                .all());
    }

    /** A topic of the same name, without a record. */
    void makeAnew() {
        join(admin.deleteTopics(List.of(topic)).all());
        join(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all());
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }

    private static void join(KafkaFuture<?> future) {
        join(future.toCompletionStage().toCompletableFuture());
    }

    private static void join(java.util.concurrent.Future<?> future) {
        try {
            future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
