package dev.vaestream.httpsecurity;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Who may call a service; tokens have Quarkus' own settings, {@code quarkus.oidc}. */
@ConfigMapping(prefix = "vaestream.security")
interface SecurityConfig {
    /**
     * A file of callers, one a line: a name, roles with commas between and the SHA-256 of the API key. It is read at
     * start.
     */
    Optional<Path> apiKeys();
}
