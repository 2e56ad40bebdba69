package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.TopicDefinition;
import dev.vaestream.contracts.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedServersTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    private final List<String> notices = new CopyOnWriteArrayList<>();

    private Path directory;

    private LocalCluster cluster;

    @BeforeAll
    void start(@TempDir Path temporary) {
        directory = temporary;
        cluster = LocalCluster.start(
                ClusterOptions.of(Path.of(".."), directory).withAnyPorts().withoutServices(), notices::add);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void everyTopicIsThere() throws Exception {
        try (Admin admin = admin()) {
            assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS))
                    .containsAll(new Topics("")
                            .definitions().stream().map(TopicDefinition::name).toList());
        }
    }

    @Test
    void theCredentialsAreTheOwnersAlone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("credentials.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aKilledBrokerComesBackWithItsTopics() throws Exception {
        long before = cluster.process(Member.BROKER).orElseThrow().pid();

        cluster.kill(Member.BROKER);

        await().atMost(SOON).until(() -> cluster.restarts(Member.BROKER) == 1);
        cluster.awaitUsable(Member.BROKER);
        assertThat(cluster.process(Member.BROKER).orElseThrow().pid()).isNotEqualTo(before);
        try (Admin admin = admin()) {
            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).contains("runs");
        }
        assertThat(notices).anyMatch(notice -> notice.startsWith("broker ended with exit code 137"));
    }

    private Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.addresses().bootstrapServers()));
    }
}
