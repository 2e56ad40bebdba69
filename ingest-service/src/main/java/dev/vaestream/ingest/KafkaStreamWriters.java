package dev.vaestream.ingest;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;

/**
 * Writers that Kafka's transactions keep apart. All writers of a stream have one transactional id; Kafka ends what an
 * earlier one had begun, and takes nothing more from it, before it lets the next one begin.
 */
final class KafkaStreamWriters implements StreamWriters {
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);
    private static final int LINGER_MS = 5;
    private static final int BATCH_BYTES = 1 << 16;
    private static final int BUFFER_BYTES = 16 << 20;
    private static final int MAX_REQUEST_BYTES = StreamPlan.MAX_BATCH_BYTES + (1 << 20);

    private final KafkaClients clients;
    private final int timeoutMs;

    /** @param timeout until Kafka is taken not to answer, at a claim as at an append */
    KafkaStreamWriters(KafkaClients clients, Duration timeout) {
        this.clients = clients;
        this.timeoutMs = Math.toIntExact(timeout.toMillis());
    }

    @Override
    public StreamWriter claim(PublishedStream stream) {
        try {
            Producer<String, byte[]> producer = clients.producer(config(stream.topic()));
            KafkaStreamWriter writer = new KafkaStreamWriter(producer, stream);
            writer.begin();
            return writer;
        } catch (KafkaException e) {
            throw new KafkaUnavailableException(
                    "Kafka at %s does not answer: %s".formatted(clients.servers(), e.getMessage()), e);
        }
    }

    private Map<String, Object> config(String topic) {
        return Map.ofEntries(
                Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "ingest-" + topic),
                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeoutMs),
                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMs),
                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, requestTimeoutMs()),
                // Longer than a send may take, so that Kafka gives no transaction up before this service does.
                Map.entry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 2 * timeoutMs),
                Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES),
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS),
                Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES),
                Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES));
    }

    private int requestTimeoutMs() {
        return (int) Math.min(LONGEST_REQUEST.toMillis(), Math.max(1, timeoutMs - LINGER_MS));
    }
}
