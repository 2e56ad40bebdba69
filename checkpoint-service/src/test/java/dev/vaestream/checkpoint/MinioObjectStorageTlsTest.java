package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.KeyStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is reached by HTTPS alone. */
class MinioObjectStorageTlsTest {
    @TempDir
    static Path directory;

    private static TestingCertificate certificate;
    private static S3ProxyStore store;

    @BeforeAll
    static void start() {
        certificate = TestingCertificate.make(directory, "store");
        store = new S3ProxyStore(directory, certificate);
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void aTrustedStoreIsUsed() {
        try (MinioObjectStorage storage = storage(certificate.trusted())) {
            storage.ensureBucket();

            assertThat(storage.createIfAbsent("a", Examples.bytes("content"))).isTrue();
        }
    }

    @Test
    void aStoreThatTheMachineDoesNotTrustIsRefused() {
        try (MinioObjectStorage storage = new MinioObjectStorage(new TestingS3(store.secureEndpoint()))) {
            assertThatThrownBy(storage::ensureBucket)
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessageContaining("unable to find valid certification path");
        }
    }

    @Test
    void aStoreWithAnothersCertificateIsRefused() {
        try (MinioObjectStorage storage =
                storage(TestingCertificate.make(directory, "other").trusted())) {
            assertThatThrownBy(storage::ensureBucket).isInstanceOf(StorageUnavailableException.class);
        }
    }

    private static MinioObjectStorage storage(KeyStore trusted) {
        return new MinioObjectStorage(new TestingS3(store.secureEndpoint()), trusted);
    }
}
