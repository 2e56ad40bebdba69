package dev.vaestream.ingest;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Makes Kafka's own clients with this service's connection settings. Owns the admin client. */
final class KafkaClients implements AutoCloseable {
    private static final int REQUEST_MS = 4_000;
    private static final int CALL_MS = 5_000;
    private static final int RECONNECT_MS = 2_000;

    private final Map<String, Object> connection;
    private @Nullable Admin admin;

    /** @param connection {@code bootstrap.servers} and what security needs */
    KafkaClients(Map<String, Object> connection) {
        this.connection = Map.copyOf(connection);
    }

    /** Made when first asked for: making one fails while Kafka's host name is unknown. */
    synchronized Admin admin() {
        if (admin == null) {
            Map<String, Object> config = config();
            admin = Admin.create(config);
        }
        return admin;
    }

    /** A consumer of what is committed, without a group, for its caller to assign, seek and close. */
    Consumer<byte[], byte[]> consumer() {
        Map<String, Object> config = config();
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A producer of batches, for its caller to close. */
    Producer<String, byte[]> producer(Map<String, Object> settings) {
        Map<String, Object> config = config();
        config.remove(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
        config.putAll(settings);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /** Where the clients look for Kafka, for messages. */
    String servers() {
        return String.valueOf(connection.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new HashMap<>(connection);
        config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_MS);
        config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MS);
        return config;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close();
        }
    }
}
