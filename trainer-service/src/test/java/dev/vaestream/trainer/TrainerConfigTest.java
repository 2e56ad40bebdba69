package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerConfigTest {
    @Test
    void theDefaultsRunOnOneMachine() {
        TrainerConfig config = config(Map.of());

        assertThat(config.name()).isEqualTo("trainer");
        assertThat(config.checkpointService()).isEqualTo(URI.create("http://127.0.0.1:8083"));
        assertThat(config.apiKeyFile()).isEmpty();
        assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.publishTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.backoffFirst()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.backoffLimit()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.handoverTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.evaluationLimit().asLongValue()).isEqualTo(64 << 20);
    }

    @Test
    void everyKeyCanBeSet() {
        TrainerConfig config = config(Map.of(
                "vaestream.trainer.name", "trainer-7",
                "vaestream.trainer.checkpoint-service", "http://checkpoint:80",
                "vaestream.trainer.api-key-file", "/run/secrets/api-key",
                "vaestream.trainer.request-timeout", "1s",
                "vaestream.trainer.publish-timeout", "2s",
                "vaestream.trainer.backoff-first", "3s",
                "vaestream.trainer.backoff-limit", "4s",
                "vaestream.trainer.handover-timeout", "5s",
                "vaestream.trainer.evaluation-limit", "6K"));

        assertThat(config.name()).isEqualTo("trainer-7");
        assertThat(config.checkpointService()).isEqualTo(URI.create("http://checkpoint:80"));
        assertThat(config.apiKeyFile()).contains(Path.of("/run/secrets/api-key"));
        assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.publishTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.backoffFirst()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.backoffLimit()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.handoverTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.evaluationLimit().asLongValue()).isEqualTo(6 << 10);
    }

    private static TrainerConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(TrainerConfig.class)
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(TrainerConfig.class);
    }
}
