package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The contract on any S3 server that runs already: {@code -Dtest=GivenObjectStorageTest
 * -Dstorage.endpoint=http://127.0.0.1:9000 -Dstorage.access-key=… -Dstorage.secret-key=…}. Every test leaves a bucket.
 */
@EnabledIfSystemProperty(named = "storage.endpoint", matches = "http.+")
class GivenObjectStorageTest extends ObjectStorageContract {
    private final MinioObjectStorage storage = new MinioObjectStorage(new TestingS3(
            URI.create(System.getProperty("storage.endpoint", "http://127.0.0.1:9000")),
            "contract-" + UUID.randomUUID(),
            System.getProperty("storage.region", "us-east-1"),
            Optional.ofNullable(System.getProperty("storage.access-key")),
            Optional.ofNullable(System.getProperty("storage.secret-key"))));

    @Override
    ObjectStorage newStorage() {
        return storage;
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void theProbeFindsItFit() {
        assertThatCode(() -> new ConformanceProbe(storage).run()).doesNotThrowAnyException();
    }
}
