package dev.vaestream.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker that is its own controller. Arguments: directory, port, controller's port. With the system property
 * {@value #PROXIED} it has a second listener.
 */
final class BrokerMain {
    /** Two ports, {@code listened:advertised}. */
    static final String PROXIED = "vaestream.broker.proxied";

    private BrokerMain() {}

    public static void main(String[] arguments) throws IOException {
        ChildLog.configure();
        Path directory = Path.of(arguments[0]);
        Properties properties =
                BrokerConfig.properties(directory, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        String proxied = System.getProperty(PROXIED);
        if (proxied != null) {
            String[] ports = proxied.split(":", 2);
            BrokerConfig.addListener(properties, Integer.parseInt(ports[0]), Integer.parseInt(ports[1]));
        }
        format(directory, properties);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
        server.startup();
        server.awaitShutdown();
    }

    /** Gives the directory an identity, once. */
    private static void format(Path directory, Properties properties) throws IOException {
        Path config = directory.resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(config)) {
            properties.store(out, null);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = StorageTool.execute(
                new String[] {
                    "format", "--ignore-formatted", "--cluster-id", clusterId(directory), "--config", config.toString()
                },
                new PrintStream(said, true, StandardCharsets.UTF_8));
        if (status != 0) {
            throw new IllegalStateException(
                    "cannot format %s: %s".formatted(directory, said.toString(StandardCharsets.UTF_8)));
        }
    }

    private static String clusterId(Path directory) throws IOException {
        Path file = directory.resolve("cluster-id");
        if (!Files.exists(file)) {
            StateDirectory.writeWhole(file, Uuid.randomUuid().toString().getBytes(StandardCharsets.UTF_8));
        }
        return Files.readString(file);
    }
}
