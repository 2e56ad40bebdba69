package dev.vaestream.checkpoint;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What a deployment can set; every default runs on one machine. */
@ConfigMapping(prefix = "vaestream.checkpoint")
interface CheckpointConfig {

    /** The object store. */
    S3 s3();

    /** The largest blob that is taken or given. */
    @WithDefault("64M")
    MemorySize maxBlobSize();

    /** Time between two looks at the object store, which readiness reports. */
    @WithDefault("2s")
    Duration checkInterval();

    /** Time after which an event is published again that Kafka did not take. */
    @WithDefault("2s")
    Duration announceRetry();

    /** Whether every change is refused, retention's among them. */
    @WithDefault("false")
    boolean readOnly();

    /**
     * Time, by the store's clock, between the intent to delete a checkpoint and the deletion of its manifest, and then of
     * its blobs: readers that have begun end in it.
     */
    @WithDefault("10s")
    Duration retentionGrace();

    /** Age, by the store's clock, from which a blob that nothing refers to is garbage. */
    @WithDefault("24h")
    Duration orphanAge();

    /** Where the bucket is, and how long to wait for it. */
    interface S3 {
        @WithDefault("http://127.0.0.1:9000")
        URI endpoint();

        /** Absent together with the secret key for a store that asks for neither. */
        Optional<String> accessKey();

        Optional<String> secretKey();

        /** Created where it is absent. */
        @WithDefault("vaestream")
        String bucket();

        @WithDefault("us-east-1")
        String region();

        @WithDefault("2s")
        Duration connectTimeout();

        /** Time without a byte from or to the store. */
        @WithDefault("10s")
        Duration idleTimeout();

        /** Time for one request and its answer, a whole blob included. */
        @WithDefault("30s")
        Duration requestTimeout();
    }
}
