package dev.vaestream.local;

import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** An S3-compatible object store on a directory. Arguments: state directory, port. */
final class StoreMain {
    private static final int THREADS = 16;
    private static final long STOP_MILLIS = 2_000;

    private StoreMain() {}

    public static void main(String[] arguments) throws Exception {
        ChildLog.configure();
        StateDirectory state = new StateDirectory(Path.of(arguments[0]));
        Credentials credentials = state.credentials()
                .orElseThrow(() -> new IllegalStateException("there is no " + state.credentialsFile()));
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(state.store().toString()))
                .endpoint(URI.create("http://" + Loopback.HOST + ":" + Integer.parseInt(arguments[1])))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, credentials.accessKey(), credentials.secretKey())
                .jettyMaxThreads(THREADS)
                .stopTimeout(STOP_MILLIS)
                .build();
        proxy.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(proxy), "store-shutdown"));
    }

    private static void stop(S3Proxy proxy) {
        try {
            proxy.stop();
        } catch (Exception e) {
            System.err.println("the store did not stop in order: " + Reason.of(e));
        }
    }
}
