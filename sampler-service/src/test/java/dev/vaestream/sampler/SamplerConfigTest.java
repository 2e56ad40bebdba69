package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Topics;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.PropertiesConfigSourceLoader;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplerConfigTest {
    @Test
    void everyKeyHasADefault() {
        SamplerConfig config = config(Map.of());

        assertThat(config.checkpointService()).isEqualTo(URI.create("http://127.0.0.1:8083"));
        assertThat(config.apiKeyFile()).isEmpty();
        assertThat(config.run()).isEmpty();
        assertThat(config.dataset()).isEmpty();
        assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.callTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.maxCalls()).isEqualTo(16);
        assertThat(config.retryRejectedAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.maxParamsSize().asLongValue()).isEqualTo(64L << 20);
        assertThat(config.maxRequestedModels()).isEqualTo(8);
        assertThat(config.maxRequestedModelsSize().asLongValue()).isEqualTo(256L << 20);
        assertThat(config.maxCount()).isEqualTo(100);
        assertThat(config.maxBodySize().asLongValue()).isEqualTo(2L << 20);
        assertThat(config.maxPixels()).isEqualTo(1L << 20);
        assertThat(config.maxPixelsAtOnce()).isEqualTo(2 << 20);
        assertThat(config.maxWait()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everyKeyCanBeSet() {
        SamplerConfig config = config(Map.ofEntries(
                Map.entry("vaestream.sampler.checkpoint-service", "http://checkpoint:80"),
                Map.entry("vaestream.sampler.api-key-file", "/run/secrets/api-key"),
                Map.entry("vaestream.sampler.run", "demo"),
                Map.entry("vaestream.sampler.dataset", "mnist/t10k"),
                Map.entry("vaestream.sampler.poll-interval", "1s"),
                Map.entry("vaestream.sampler.connect-timeout", "3s"),
                Map.entry("vaestream.sampler.call-timeout", "4s"),
                Map.entry("vaestream.sampler.max-calls", "11"),
                Map.entry("vaestream.sampler.retry-rejected-after", "5s"),
                Map.entry("vaestream.sampler.max-params-size", "6K"),
                Map.entry("vaestream.sampler.max-requested-models", "2"),
                Map.entry("vaestream.sampler.max-requested-models-size", "3K"),
                Map.entry("vaestream.sampler.max-count", "7"),
                Map.entry("vaestream.sampler.max-body-size", "4K"),
                Map.entry("vaestream.sampler.max-pixels", "8"),
                Map.entry("vaestream.sampler.max-pixels-at-once", "9"),
                Map.entry("vaestream.sampler.max-wait", "10s")));

        assertThat(config.checkpointService()).isEqualTo(URI.create("http://checkpoint:80"));
        assertThat(config.apiKeyFile()).contains(Path.of("/run/secrets/api-key"));
        assertThat(config.run()).contains("demo");
        assertThat(config.dataset()).contains(Path.of("mnist", "t10k"));
        assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.callTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.maxCalls()).isEqualTo(11);
        assertThat(config.retryRejectedAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.maxParamsSize().asLongValue()).isEqualTo(6L << 10);
        assertThat(config.maxRequestedModels()).isEqualTo(2);
        assertThat(config.maxRequestedModelsSize().asLongValue()).isEqualTo(3L << 10);
        assertThat(config.maxCount()).isEqualTo(7);
        assertThat(config.maxBodySize().asLongValue()).isEqualTo(4L << 10);
        assertThat(config.maxPixels()).isEqualTo(8);
        assertThat(config.maxPixelsAtOnce()).isEqualTo(9);
        assertThat(config.maxWait()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void theTopicIsTheContractsWithThePrefix() throws IOException {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(PropertiesConfigSourceLoader.inClassPath("application.properties", 100, null)
                        .get(0))
                .withSources(new PropertiesConfigSource(Map.of("vaestream.topic-prefix", "test-"), "test", 200))
                .addDefaultInterceptors()
                .build();

        assertThat(config.getValue("mp.messaging.incoming.checkpoints.topic", String.class))
                .isEqualTo(new Topics("test-").checkpoints());
    }

    private static SamplerConfig config(Map<String, String> values) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .addDiscoveredConverters()
                .withMapping(SamplerConfig.class);
        return builder.build().getConfigMapping(SamplerConfig.class);
    }
}
