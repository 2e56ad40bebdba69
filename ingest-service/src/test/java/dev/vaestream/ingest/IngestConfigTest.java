package dev.vaestream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class IngestConfigTest {
    private final SmallRyeConfig file = read();
    private final IngestConfig config = file.getConfigMapping(IngestConfig.class);

    @Test
    void mnistAndItsTestImagesAreTheBuiltInDatasets() {
        assertThat(config.datasets())
                .isEqualTo(Map.of("mnist", Path.of("datasets/mnist"), "mnist-test", Path.of("datasets/mnist/t10k")));
    }

    @Test
    void theDefaultsRunLocally() {
        assertThat(config.window().asLongValue()).isEqualTo(8 << 20);
        assertThat(config.acknowledgeTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.checkInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.takeoverDelay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.retryDelay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(file.getValue("quarkus.http.host", String.class)).isEqualTo("127.0.0.1");
    }

    @Test
    void everyChannelWaitsForAllReplicasAndWritesOnce() {
        for (String channel : new String[] {"streams", "runs", "run-controls", "run-events"}) {
            String prefix = "mp.messaging.outgoing." + channel + ".";
            assertThat(file.getValue(prefix + "acks", String.class)).as(channel).isEqualTo("all");
            assertThat(file.getValue(prefix + "enable.idempotence", String.class))
                    .as(channel)
                    .isEqualTo("true");
            assertThat(file.getValue(prefix + "retries", String.class))
                    .as(channel)
                    .isEqualTo("0");
        }
    }

    private static SmallRyeConfig read() {
        try {
            PropertiesConfigSource properties = new PropertiesConfigSource(
                    Objects.requireNonNull(IngestConfigTest.class.getResource("/application.properties")));
            return new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withSources(properties)
                    .withMapping(IngestConfig.class)
                    .withValidateUnknown(false)
                    .build();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
