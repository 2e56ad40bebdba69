package dev.vaestream.checkpoint;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where a test's store is, with timeouts that a test can wait for. */
record TestingS3(URI endpoint, String bucket, String region, Optional<String> accessKey, Optional<String> secretKey)
        implements CheckpointConfig.S3 {
    TestingS3(URI endpoint) {
        this(endpoint, "vaestream");
    }

    TestingS3(URI endpoint, String bucket) {
        this(endpoint, bucket, "us-east-1");
    }

    TestingS3(URI endpoint, String bucket, String region) {
        this(endpoint, bucket, region, Optional.of(S3ProxyStore.ACCESS_KEY), Optional.of(S3ProxyStore.SECRET_KEY));
    }

    @Override
    public Duration connectTimeout() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Duration idleTimeout() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Duration requestTimeout() {
        return Duration.ofSeconds(10);
    }
}
