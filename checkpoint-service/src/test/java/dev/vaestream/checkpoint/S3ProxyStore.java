package dev.vaestream.checkpoint;

import java.net.URI;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A real S3 server on a directory, in this process. */
final class S3ProxyStore implements AutoCloseable {
    static final String ACCESS_KEY = "test-access";
    static final String SECRET_KEY = "test-secret";

    /** Without Quarkus the log manager lets the server build every debug message, which takes most of its time. */
    private static final Logger LOGGER = Logger.getLogger("org.gaul");

    static {
        LOGGER.setLevel(Level.WARNING);
    }

    private final S3Proxy server;

    /** Starts on a port of its own choice. */
    S3ProxyStore(Path directory) {
        this(directory, 0);
    }

    S3ProxyStore(Path directory, int port) {
        this(builder(directory).endpoint(URI.create("http://127.0.0.1:" + port)));
    }

    /** Shows a certificate to those that come by HTTPS, and answers no others. */
    S3ProxyStore(Path directory, TestingCertificate certificate) {
        this(builder(directory)
                .secureEndpoint(URI.create("https://127.0.0.1:0"))
                .keyStore(certificate.keyStore().toString(), TestingCertificate.PASSWORD));
    }

    private S3ProxyStore(S3Proxy.Builder builder) {
        server = builder.build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy does not start", e);
        }
    }

    private static S3Proxy.Builder builder(Path directory) {
        return S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                .stopTimeout(0);
    }

    int port() {
        return server.getPort();
    }

    /** Of one that answers by HTTPS; by name, since the server compares no addresses with its certificate. */
    URI secureEndpoint() {
        return URI.create("https://localhost:" + server.getSecurePort());
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy does not stop", e);
        }
    }
}
