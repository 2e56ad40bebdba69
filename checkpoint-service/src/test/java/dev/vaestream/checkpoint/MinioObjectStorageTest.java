package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MinioObjectStorageTest extends ObjectStorageContract {
    @TempDir
    static Path directory;

    private static S3ProxyStore store;
    private static int buckets;

    private MinioObjectStorage storage;

    @BeforeAll
    static void start() {
        store = new S3ProxyStore(directory);
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Override
    ObjectStorage newStorage() {
        storage = new MinioObjectStorage(new TestingS3(store.endpoint(), "bucket-" + buckets++));
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
