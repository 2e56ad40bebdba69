package dev.vaestream.checkpoint;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** Makes an HTTP client trust given certificates and no others. */
final class TrustedCertificates {
    private TrustedCertificates() {}

    static OkHttpClient client(KeyStore trusted) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            X509TrustManager manager = Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return new OkHttpClient.Builder()
                    .sslSocketFactory(context.getSocketFactory(), manager)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the trusted certificates of quarkus.tls.s3 cannot be used", e);
        }
    }
}
