package dev.vaestream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.CrashPoint;
import dev.vaestream.contracts.StreamSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** A transactional producer; each {@link #append} is a transaction. Owns the producer. */
final class KafkaStreamWriter implements StreamWriter {
    private final Producer<String, byte[]> producer;
    private final PublishedStream stream;

    KafkaStreamWriter(Producer<String, byte[]> producer, PublishedStream stream) {
        this.producer = producer;
        this.stream = stream;
    }

    /** Ends what earlier writers had begun. Closes the producer where that fails. */
    void begin() {
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            close();
            throw e;
        }
    }

    @Override
    public long append(Iterable<Batch> batches) {
        try {
            producer.beginTransaction();
            Future<RecordMetadata> last = send(batches);
            producer.flush();
            CrashPoint.BATCH_COMMIT.around(producer::commitTransaction);
            return last.get().offset();
        } catch (KafkaException | ExecutionException e) {
            throw translate(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw translate(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    private Future<RecordMetadata> send(Iterable<Batch> batches) {
        @Nullable Future<RecordMetadata> last = null;
        for (Batch batch : batches) {
            last = producer.send(record(batch));
        }
        if (last == null) {
            throw new IllegalArgumentException("there are no batches to append");
        }
        return last;
    }

    private ProducerRecord<String, byte[]> record(Batch batch) {
        StreamSpec spec = stream.spec();
        int partition = (int) (batch.sequence() % spec.partitions());
        String key = Long.toString(batch.sequence());
        return new ProducerRecord<>(
                stream.topic(), partition, key, batch.encode(), cloudEvent(stream.topic() + "/" + batch.sequence()));
    }

    /** CloudEvents in Kafka's binary mode. */
    private static List<Header> cloudEvent(String id) {
        return List.of(
                header("ce_specversion", "1.0"),
                header("ce_id", id),
                header("ce_source", "/vaestream/ingest"),
                header("ce_type", "dev.vaestream.batch"),
                header("content-type", "application/protobuf"));
    }

    private static Header header(String key, String value) {
        return new RecordHeader(key, value.getBytes(UTF_8));
    }

    private RuntimeException translate(Exception e) {
        String name = stream.spec().stream();
        boolean fenced = Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                .anyMatch(KafkaStreamWriter::isFenced);
        return fenced
                ? new RefusedException(
                        Refusal.OTHER_WRITER, "Another ingest has begun to append to stream '%s'".formatted(name))
                : new KafkaUnavailableException(
                        "Kafka has not acknowledged batches of stream '%s': %s".formatted(name, e.getMessage()), e);
    }

    private static boolean isFenced(Throwable cause) {
        return cause instanceof ProducerFencedException
                || cause instanceof InvalidProducerEpochException
                || cause instanceof InvalidTxnStateException;
    }
}
