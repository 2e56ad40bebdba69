package dev.vaestream.local;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A broker and an object store that run already, for a cluster that starts none of its own, or no store of its own.
 *
 * @param bootstrapServers Kafka's, {@code host:port} and more of them after commas; absent where the cluster starts a broker
 * @param store the S3 endpoint, without a path; it must have a bucket {@value MemberCommands#BUCKET}
 * @param accessKey of the store
 * @param secretKey of the store
 */
public record ExternalServers(@Nullable String bootstrapServers, URI store, String accessKey, String secretKey) {
    Credentials credentials() {
        return new Credentials(accessKey, secretKey);
    }

    @Override
    public String toString() {
        return "ExternalServers[" + bootstrapServers + ", " + store + "]";
    }
}
