package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageConfigTest {
    @Test
    void everyKeyHasADefault() {
        PageConfig config = config(Map.of());

        assertThat(config.ingestService()).isEqualTo(URI.create("http://127.0.0.1:8081"));
        assertThat(config.trainerService()).isEqualTo(URI.create("http://127.0.0.1:8082"));
        assertThat(config.lookTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.mayMoveAliases()).isTrue();
        assertThat(config.maxRuns()).isEqualTo(100);
        assertThat(config.maxPoints()).isEqualTo(1_000);
        assertThat(config.maxStreams()).isEqualTo(64);
    }

    @Test
    void everyKeyCanBeSet() {
        PageConfig config = config(Map.of(
                "vaestream.page.ingest-service", "http://ingest:80",
                "vaestream.page.trainer-service", "http://trainer:80",
                "vaestream.page.look-timeout", "3s",
                "vaestream.page.may-move-aliases", "false",
                "vaestream.page.max-runs", "4",
                "vaestream.page.max-points", "5",
                "vaestream.page.max-streams", "6"));

        assertThat(config.ingestService()).isEqualTo(URI.create("http://ingest:80"));
        assertThat(config.trainerService()).isEqualTo(URI.create("http://trainer:80"));
        assertThat(config.lookTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.mayMoveAliases()).isFalse();
        assertThat(config.maxRuns()).isEqualTo(4);
        assertThat(config.maxPoints()).isEqualTo(5);
        assertThat(config.maxStreams()).isEqualTo(6);
    }

    private static PageConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .addDiscoveredConverters()
                .withMapping(PageConfig.class)
                .build()
                .getConfigMapping(PageConfig.class);
    }
}
