package dev.vaestream.checkpoint;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The service's surroundings in one process: a real object store, and events in memory. */
public class S3ProxyResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable S3ProxyStore store;

    @Override
    public Map<String, String> start() {
        store = new S3ProxyStore(temporaryDirectory());
        Map<String, String> config = new HashMap<>(InMemoryConnector.switchOutgoingChannelsToInMemory("checkpoints"));
        config.put("vaestream.checkpoint.s3.endpoint", store.endpoint().toString());
        config.put("vaestream.checkpoint.s3.access-key", S3ProxyStore.ACCESS_KEY);
        config.put("vaestream.checkpoint.s3.secret-key", S3ProxyStore.SECRET_KEY);
        config.put("vaestream.checkpoint.max-blob-size", "8M");
        config.put("vaestream.checkpoint.retention-grace", "100ms");
        return config;
    }

    @Override
    public void stop() {
        InMemoryConnector.clear();
        if (store != null) {
            store.close();
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("vaestream-s3proxy-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
