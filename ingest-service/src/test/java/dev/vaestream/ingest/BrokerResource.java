package dev.vaestream.ingest;

import dev.vaestream.contracts.Topics;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A broker with its topics, and a dataset {@code tiny} of 22 examples, for the service under test. */
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {
    static final int EXAMPLES = 22;

    private @Nullable TestingBroker broker;

    @Override
    public Map<String, String> start() {
        broker = TestingBroker.start();
        broker.createTopics(new Topics("test."));
        return Map.of(
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "vaestream.topic-prefix",
                "test.",
                "vaestream.ingest.check-interval",
                "200ms",
                "vaestream.ingest.datasets.tiny",
                TestingDataset.write(directory(), EXAMPLES).toString(),
                "vaestream.ingest.datasets.nowhere",
                "no/such/directory",
                "quarkus.http.test-port",
                "0",
                "quarkus.log.category.\"kafka\".level",
                "WARN",
                "quarkus.log.category.\"state.change.logger\".level",
                "WARN");
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private static Path directory() {
        try {
            Path directory = Files.createDirectories(Path.of("target", "tiny-dataset"));
            return directory.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
