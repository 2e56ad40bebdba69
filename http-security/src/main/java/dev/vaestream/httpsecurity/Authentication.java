package dev.vaestream.httpsecurity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * By what callers are known here.
 *
 * @param keys whether some have API keys
 * @param tokens whether some have tokens
 * @param audience whom tokens are made for; empty where that is not looked at
 */
record Authentication(boolean keys, boolean tokens, Optional<Set<String>> audience) {
    boolean isOn() {
        return keys || tokens;
    }

    /**
     * Looks whether a service may listen.
     *
     * @param host the address or its name
     * @throws UnprotectedServiceException where it must not
     */
    void check(String host) {
        if (tokens && audience.isEmpty()) {
            throw new UnprotectedServiceException(
                    "tokens would be taken that were made for others; set quarkus.oidc.token.audience");
        }
        if (!isOn() && !isLoopback(host)) {
            throw new UnprotectedServiceException(
                    ("quarkus.http.host is %s, which others reach, and nobody would be asked"
                                    + " who they are; set vaestream.security.api-keys to a file of API keys, or"
                                    + " quarkus.oidc.tenant-enabled=true, quarkus.oidc.auth-server-url and"
                                    + " quarkus.oidc.token.audience, or quarkus.http.host to 127.0.0.1")
                            .formatted(host));
        }
    }

    /** A name that is not known may become any address. */
    static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
