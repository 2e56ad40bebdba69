package dev.vaestream.ingest;

import io.smallrye.reactive.messaging.ClientCustomizer;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.eclipse.microprofile.config.Config;

/**
 * Leaves retrying to Kafka's producer alone, which keeps order and writes once. The channels' {@code retries=0} keeps
 * SmallRye from sending a refused record again behind its successors, but reaches the producer too; this undoes that.
 */
@Singleton
final class OwnRetries implements ClientCustomizer<Map<String, Object>> {
    @Override
    public Map<String, Object> customize(String channel, Config channelConfig, Map<String, Object> config) {
        config.put(ProducerConfig.RETRIES_CONFIG, Integer.toString(Integer.MAX_VALUE));
        return config;
    }
}
