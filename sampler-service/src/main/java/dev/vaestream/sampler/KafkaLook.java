package dev.vaestream.sampler;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Looks whether Kafka answers. Its client is made with the first look, as Kafka may be away when the service starts. */
final class KafkaLook implements AutoCloseable {
    private final Map<String, Object> config;
    private final Duration timeout;
    private @Nullable Admin admin;

    /** @param config of Kafka's clients */
    KafkaLook(Map<String, Object> config, Duration timeout) {
        this.config = new HashMap<>(config);
        this.config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        this.config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        this.timeout = timeout;
    }

    Condition look() {
        try {
            boolean empty = admin().describeCluster()
                    .nodes()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .isEmpty();
            return empty ? Condition.down("no broker is there") : Condition.UP;
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            return Condition.down("no broker answers at " + config.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Condition.down("the look at it was interrupted");
        }
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(config);
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
