package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.TopicDefinition;
import dev.vaestream.contracts.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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

    @Test
    void theStoreAsksForAKey() throws Exception {
        URI bucket = cluster.addresses().http(Member.STORE).resolve("/vaestream");

        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(bucket).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void whatIsSaidOfARunIsFollowedInTheOrderOfTime() throws Exception {
        Topics topics = new Topics("");
        RunEvent started = new RunEvent("followed", RunEvent.State.STARTED, 0, null, null, Instant.ofEpochSecond(1));
        MetricsEvent window = new MetricsEvent.Window("followed", 100, 0, 99, new Losses(1, 2, 3), 1e-4, 1, 1);
        CheckpointEvent committed = new CheckpointEvent(
                "followed", 100, CheckpointEvent.Change.COMMITTED, Sha256.EMPTY, Instant.ofEpochSecond(3));
        RunEvent other = new RunEvent("other", RunEvent.State.STARTED, 0, null, null, Instant.ofEpochSecond(1));
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            send(producer, topics.metrics(), 2_000, Json.write(window));
            send(producer, topics.runEvents(), 1_000, Json.write(started));
            send(producer, topics.runEvents(), 1_500, Json.write(other));
            send(producer, topics.runEvents(), 1_600, new byte[] {'?'});
            try (RunFollower follower = new RunFollower(bootstrap(), topics, "followed")) {
                assertThat(follower.history())
                        .containsExactly(
                                new RunFollower.Message(Instant.ofEpochMilli(1_000), started),
                                new RunFollower.Message(Instant.ofEpochMilli(2_000), window));

                send(producer, topics.checkpoints(), 3_000, Json.write(committed));

                List<RunFollower.Message> news = new ArrayList<>();
                await().atMost(SOON).until(() -> news.addAll(follower.poll(Duration.ofMillis(100))));
                assertThat(news).containsExactly(new RunFollower.Message(Instant.ofEpochMilli(3_000), committed));
            }
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, long millis, byte[] value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, 0, millis, "key".getBytes(StandardCharsets.UTF_8), value))
                .get(20, TimeUnit.SECONDS);
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private String bootstrap() {
        return cluster.addresses().bootstrapServers();
    }

    private Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.addresses().bootstrapServers()));
    }
}
