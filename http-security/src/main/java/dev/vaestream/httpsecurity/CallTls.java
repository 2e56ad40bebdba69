package dev.vaestream.httpsecurity;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Singleton;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Whose certificates this service trusts when it calls another: those of {@code quarkus.tls.<name>}. */
@Singleton
public final class CallTls {
    private final TlsConfigurationRegistry registry;

    CallTls(TlsConfigurationRegistry registry) {
        this.registry = registry;
    }

    /** The context of a name, or else the one of the Java virtual machine. */
    public SSLContext context(String name) {
        Optional<TlsConfiguration> configured = registry.get(name);
        try {
            return configured.isPresent() ? configured.get().createSSLContext() : SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        } catch (Exception e) {
            throw new IllegalArgumentException("the certificates of quarkus.tls.%s cannot be used".formatted(name), e);
        }
    }
}
