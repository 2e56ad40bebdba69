package dev.vaestream.integrationtests;

import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The broker of {@code ./vaestream} by itself, killed and started again at will. */
final class BrokerProcess implements AutoCloseable {
    private static final String MAIN = "dev.vaestream.local.BrokerMain";
    private static final Duration START = Duration.ofMinutes(2);

    private final Path directory;
    private final int port = ChildJvm.freePort();
    private final int controllerPort = ChildJvm.freePort();
    private Process process;

    private BrokerProcess(Path directory) {
        this.directory = directory;
        this.process = ChildJvm.start(log(), arguments());
    }

    /** Starts one with the topics that the services find when they start. */
    static BrokerProcess start(Path directory) {
        try {
            BrokerProcess broker = new BrokerProcess(Files.createDirectories(directory));
            broker.awaitUp();
            broker.createTopics();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    Topic topic(String name) {
        return new Topic(bootstrapServers(), name);
    }

    void kill() {
        ChildJvm.kill(process);
    }

    /** Starts it on what it had written. */
    void restart() {
        process = ChildJvm.start(log(), arguments());
    }

    /** Starts it on a disk on which no file can have more than so many bytes. */
    void restartOnFullDisk(long bytes) {
        process = ChildJvm.startOnFullDisk(log(), arguments(), bytes);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void awaitUp() {
        await("the broker").atMost(START).until(this::answers);
    }

    @Override
    public void close() {
        kill();
    }

    private List<String> arguments() {
        return List.of(
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                directory.toString(),
                Integer.toString(port),
                Integer.toString(controllerPort));
    }

    private Path log() {
        return directory.resolve("broker.out");
    }

    private boolean answers() {
        try (Admin admin = admin()) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        } catch (Exception e) {
            return false;
        }
    }

    private void createTopics() {
        try (Admin admin = admin()) {
            List<NewTopic> topics = new Topics("")
                    .definitions().stream()
                            .map(topic ->
                                    new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.config()))
                            .toList();
            admin.createTopics(topics).all().get(1, TimeUnit.MINUTES);
        } catch (InterruptedException | ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the topics cannot be made", e);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers(), "reconnect.backoff.max.ms", 1000));
    }
}
