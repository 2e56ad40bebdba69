package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckpointConfigTest {
    @Test
    void defaultsRunOnOneMachine() {
        CheckpointConfig config = config(Map.of());

        assertThat(config.s3().endpoint()).isEqualTo(URI.create("http://127.0.0.1:9000"));
        assertThat(config.s3().accessKey()).isEmpty();
        assertThat(config.s3().secretKey()).isEmpty();
        assertThat(config.s3().bucket()).isEqualTo("vaestream");
        assertThat(config.s3().region()).isEqualTo("us-east-1");
        assertThat(config.s3().connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.s3().idleTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.s3().requestTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.maxBlobSize().asLongValue()).isEqualTo(64L << 20);
        assertThat(config.checkInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.announceRetry()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.readOnly()).isFalse();
        assertThat(config.retentionGrace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.orphanAge()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void everyKeyCanBeSet() {
        CheckpointConfig config = config(Map.ofEntries(
                Map.entry("vaestream.checkpoint.s3.endpoint", "https://s3.example.org"),
                Map.entry("vaestream.checkpoint.s3.access-key", "who"),
                Map.entry("vaestream.checkpoint.s3.secret-key", "what"),
                Map.entry("vaestream.checkpoint.s3.bucket", "models"),
                Map.entry("vaestream.checkpoint.s3.region", "eu-central-1"),
                Map.entry("vaestream.checkpoint.s3.connect-timeout", "1s"),
                Map.entry("vaestream.checkpoint.s3.idle-timeout", "3s"),
                Map.entry("vaestream.checkpoint.s3.request-timeout", "4s"),
                Map.entry("vaestream.checkpoint.max-blob-size", "1G"),
                Map.entry("vaestream.checkpoint.check-interval", "5s"),
                Map.entry("vaestream.checkpoint.announce-retry", "6s"),
                Map.entry("vaestream.checkpoint.read-only", "true"),
                Map.entry("vaestream.checkpoint.retention-grace", "7s"),
                Map.entry("vaestream.checkpoint.orphan-age", "50h")));

        assertThat(config.s3().endpoint()).isEqualTo(URI.create("https://s3.example.org"));
        assertThat(config.s3().accessKey()).contains("who");
        assertThat(config.s3().secretKey()).contains("what");
        assertThat(config.s3().bucket()).isEqualTo("models");
        assertThat(config.s3().region()).isEqualTo("eu-central-1");
        assertThat(config.s3().connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.s3().idleTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.s3().requestTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.maxBlobSize().asLongValue()).isEqualTo(1L << 30);
        assertThat(config.checkInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.announceRetry()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.readOnly()).isTrue();
        assertThat(config.retentionGrace()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.orphanAge()).isEqualTo(Duration.ofHours(50));
    }

    private static CheckpointConfig config(Map<String, String> values) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(CheckpointConfig.class)
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
        return config.getConfigMapping(CheckpointConfig.class);
    }
}
