package dev.vaestream.integrationtests;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The store that {@code ./vaestream} starts. */
class S3ProxyTest extends S3Contract {
    private static final Logger LOGGER = Logger.getLogger("org.gaul");

    @TempDir
    private static Path directory;

    private static S3Proxy server;
    private static int buckets;

    @BeforeAll
    static void start() throws Exception {
        LOGGER.setLevel(Level.WARNING);
        server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .awsAuthentication(AuthenticationType.NONE, "", "")
                .endpoint(URI.create("http://127.0.0.1:0"))
                .stopTimeout(0)
                .build();
        server.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @BeforeEach
    void makeBucket() throws IOException {
        buckets++;
        Files.createDirectory(
                directory.resolve("bucket-" + buckets),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @Override
    URI bucket() {
        return URI.create("http://127.0.0.1:%d/bucket-%d".formatted(server.getPort(), buckets));
    }
}
