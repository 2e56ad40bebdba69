package dev.vaestream.local;

import java.nio.file.Path;
import java.util.Properties;

/** Kafka's configuration for one small broker. */
final class BrokerConfig {
    private static final int NODE = 1;
    /** A batch of 4096 images has 3.2 MB. */
    private static final int MAX_MESSAGE_BYTES = 8 << 20;
    /** The default of 128 MB would be half of the heap. */
    private static final int CLEANER_BYTES = 4 << 20;

    private BrokerConfig() {}

    static Properties properties(Path directory, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.setProperty("process.roles", "broker,controller");
        put(properties, "node.id", NODE);
        String controller = Loopback.HOST + ":" + controllerPort;
        properties.setProperty("controller.quorum.voters", NODE + "@" + controller);
        properties.setProperty("controller.listener.names", "CONTROLLER");
        String listener = "PLAINTEXT://" + Loopback.HOST + ":" + port;
        properties.setProperty("listeners", listener + ",CONTROLLER://" + controller);
        properties.setProperty("advertised.listeners", listener);
        properties.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.setProperty("log.dirs", directory.resolve("log").toString());
        properties.setProperty("auto.create.topics.enable", "false");
        limits(properties);
        oneReplica(properties);
        quickRecovery(properties);
        return properties;
    }

    /**
     * Adds a listener whose clients are told to come by another port, as that of a proxy.
     *
     * @param port that is listened on
     * @param advertised that clients are told
     */
    static void addListener(Properties properties, int port, int advertised) {
        append(properties, "listeners", "PROXIED://" + Loopback.HOST + ":" + port);
        append(properties, "advertised.listeners", "PROXIED://" + Loopback.HOST + ":" + advertised);
        append(properties, "listener.security.protocol.map", "PROXIED:PLAINTEXT");
    }

    private static void append(Properties properties, String key, String more) {
        properties.setProperty(key, properties.getProperty(key) + "," + more);
    }

    private static void limits(Properties properties) {
        put(properties, "message.max.bytes", MAX_MESSAGE_BYTES);
        put(properties, "log.cleaner.dedupe.buffer.size", CLEANER_BYTES);
        put(properties, "num.network.threads", 2);
        put(properties, "num.io.threads", 4);
        put(properties, "background.threads", 2);
        // A run can be repeated as long as its stream is there: nothing is deleted because of its age.
        put(properties, "log.retention.ms", -1);
    }

    private static void oneReplica(Properties properties) {
        put(properties, "offsets.topic.replication.factor", 1);
        put(properties, "offsets.topic.num.partitions", 4);
        put(properties, "transaction.state.log.replication.factor", 1);
        put(properties, "transaction.state.log.min.isr", 1);
        put(properties, "transaction.state.log.num.partitions", 1);
        put(properties, "share.coordinator.state.topic.replication.factor", 1);
        put(properties, "share.coordinator.state.topic.min.isr", 1);
    }

    private static void quickRecovery(Properties properties) {
        put(properties, "broker.session.timeout.ms", 1_500);
        put(properties, "broker.heartbeat.interval.ms", 300);
        put(properties, "group.initial.rebalance.delay.ms", 0);
        put(properties, "group.min.session.timeout.ms", 1_000);
    }

    private static void put(Properties properties, String key, int value) {
        properties.setProperty(key, Integer.toString(value));
    }
}
