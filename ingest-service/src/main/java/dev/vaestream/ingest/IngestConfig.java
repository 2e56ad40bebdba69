package dev.vaestream.ingest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The settings of this service. */
@ConfigMapping(prefix = "vaestream.ingest")
interface IngestConfig {
    /**
     * Files of each dataset by its name: a directory, whose training files it is, or where the names of both files begin.
     * {@code mnist} is {@code datasets/mnist} and {@code mnist-test} is {@code datasets/mnist/t10k}, relative to the
     * working directory.
     */
    Map<String, Path> datasets();

    /** Batches of a dataset's stream that are appended at once, together at most. */
    @WithDefault("8M")
    MemorySize window();

    /** How long a request waits for Kafka before it is answered with 503 {@code not-acknowledged}. */
    @WithDefault("30s")
    Duration acknowledgeTimeout();

    /** How often Kafka and its topics are looked after, for the readiness check. */
    @WithDefault("5s")
    Duration checkInterval();

    /** How long a stream that another ingest appends to must have stood still before this one takes it over. */
    @WithDefault("10s")
    Duration takeoverDelay();

    /** How long publishing waits after Kafka refused a batch. */
    @WithDefault("2s")
    Duration retryDelay();
}
