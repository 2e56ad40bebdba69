package dev.vaestream.trainer;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How a trainer is set up. The prefix of topic names is {@code vaestream.topic-prefix}, empty by default. */
@ConfigMapping(prefix = "vaestream.trainer")
interface TrainerConfig {
    /**
     * The trainer's name among all trainers. A trainer that starts again under its name gets its runs back at once; two
     * at the same time must not have the same.
     */
    @WithDefault("trainer")
    String name();

    /** Where the checkpoint service is. */
    @WithDefault("http://127.0.0.1:8083")
    URI checkpointService();

    /** The file with the API key that the checkpoint service is shown; absent where it asks for none. */
    Optional<Path> apiKeyFile();

    /** How long a request to the checkpoint service may take, with its answer. */
    @WithDefault("30s")
    Duration requestTimeout();

    /** How long Kafka may take to acknowledge events before it counts as unavailable. */
    @WithDefault("10s")
    Duration publishTimeout();

    /** The wait after the first failure of something unavailable; it doubles with each more. */
    @WithDefault("500ms")
    Duration backoffFirst();

    /** The longest wait between two attempts. */
    @WithDefault("15s")
    Duration backoffLimit();

    /** What the batches that a run is evaluated on may take in memory, where they stay while it is trained. */
    @WithDefault("64M")
    MemorySize evaluationLimit();

    /**
     * How long a run that is stopped may take to commit its checkpoint before its partition is given away or the
     * process ends; it then goes on from the checkpoint before.
     */
    @WithDefault("20s")
    Duration handoverTimeout();
}
