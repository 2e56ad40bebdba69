package dev.vaestream.sampler;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What can be set; every key has a default that runs on one machine. */
@ConfigMapping(prefix = "vaestream.sampler")
interface SamplerConfig {
    /** Where the checkpoint service answers. */
    @WithDefault("http://127.0.0.1:8083")
    URI checkpointService();

    /** The file with the API key that the checkpoint service is shown; absent where it asks for none. */
    Optional<Path> apiKeyFile();

    /** The run to serve; without it the newest checkpoint of all runs is served. */
    Optional<String> run();

    /**
     * Images to say by where a class lies in the latent space: a directory of IDX files, whose training files are taken, or
     * where the names of both files begin.
     */
    Optional<Path> dataset();

    /** Time between two looks at the checkpoint service when no hint comes from Kafka. */
    @WithDefault("5s")
    Duration pollInterval();

    /** Longest time to set up a connection to the checkpoint service. */
    @WithDefault("2s")
    Duration connectTimeout();

    /** Longest time of one call to the checkpoint service, its body included. */
    @WithDefault("30s")
    Duration callTimeout();

    /** Most calls to the checkpoint service at a time on behalf of requests; further requests are turned away. */
    @WithDefault("16")
    int maxCalls();

    /** Time after which a rejected checkpoint is tried again: its bytes may have been damaged on the wire only. */
    @WithDefault("1m")
    Duration retryRejectedAfter();

    /** Largest parameters file that is loaded. */
    @WithDefault("64M")
    MemorySize maxParamsSize();

    /** Most checkpoints that are loaded beside the served one, for requests that name them. */
    @WithDefault("8")
    int maxRequestedModels();

    /** Largest sum of their parameters files. */
    @WithDefault("256M")
    MemorySize maxRequestedModelsSize();

    /** Most images of one class in a request. */
    @WithDefault("100")
    int maxCount();

    /** Most bytes of a picture that is sent here. */
    @WithDefault("2M")
    MemorySize maxBodySize();

    /** Most pixels of all images in a request; the default holds 1,337 images of 28x28. */
    @WithDefault("1048576")
    long maxPixels();

    /** Most pixels of all answers that are being made and sent at the same time; further requests wait. */
    @WithDefault("2097152")
    int maxPixelsAtOnce();

    /** How long a request waits for its turn before it is turned away. */
    @WithDefault("5s")
    Duration maxWait();
}
