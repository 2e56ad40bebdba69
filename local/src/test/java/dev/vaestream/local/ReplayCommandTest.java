package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The replay against a real broker, with the services' answers made up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayCommandTest {
    private static final String REPLAY = "replay-demo-2-4";
    private static final byte[] FIRST = Examples.file(1, 2);
    private static final byte[] LAST = Examples.file(3, 4);
    private static final byte[] OPTIMIZER = Examples.file(5);
    private static final Manifest FROM = Examples.manifest("demo", 2, null, FIRST, OPTIMIZER);
    private static final Manifest TO = Examples.manifest("demo", 4, FROM, LAST, OPTIMIZER);
    private static final String PIN_FROM = pin("from", REPLAY);
    private static final String PIN_TO = pin("to", REPLAY);
    private static final byte[] KEY = {'k'};

    private Path directory;
    private LocalCluster broker;
    private KafkaProducer<byte[], byte[]> producer;
    private Admin admin;
    private CommandFixture commands;

    @BeforeAll
    void startBroker(@TempDir Path temporary) throws Exception {
        directory = temporary;
        broker = LocalCluster.start(
                ClusterOptions.of(Path.of(".."), temporary.resolve("state"))
                        .withAnyPorts()
                        .withoutServices(),
                notice -> {});
        String address = broker.addresses().bootstrapServers();
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, address),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address));
        for (String stream : List.of("whole", "cut")) {
            admin.createTopics(List.of(new NewTopic("batches." + stream, 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            for (int i = 0; i < 4; i++) {
                send("batches." + stream, i);
            }
        }
        admin.deleteRecords(Map.of(new TopicPartition("batches.cut", 0), RecordsToDelete.beforeOffset(3)))
                .all()
                .get(20, TimeUnit.SECONDS);
    }

    @AfterAll
    void stopBroker() {
        admin.close();
        producer.close();
        broker.close();
    }

    @BeforeEach
    void startServices() throws Exception {
        int port = Integer.parseInt(broker.addresses().bootstrapServers().replaceAll(".*:", ""));
        commands = new CommandFixture(directory, port);
        answer("GET /v1/runs/demo/checkpoints/2", FROM.encode());
        answer("GET /v1/runs/demo/checkpoints/4", TO.encode());
        answer("GET /v1/blobs/" + Sha256.of(LAST), LAST);
        for (String pin : List.of(PIN_FROM, PIN_TO, pin("from", "again"), pin("to", "again"))) {
            commands.services().answer("PUT " + pin, 200, new byte[0]);
            commands.services().answer("DELETE " + pin, 204, new byte[0]);
        }
        begun("whole", topicId("batches.whole"));
    }

    @AfterEach
    void stopServices() {
        commands.close();
    }

    @Test
    void aReplayThatLandsOnTheSameStateSaysSo() {
        trainedOnRequest(Examples.manifest(REPLAY, 4, null, LAST, OPTIMIZER));

        assertThat(replay("--from=2", "--to=4")).isZero();

        assertThat(commands.lines())
                .containsSubsequence(
                        "run       replay-demo-2-4: 2 steps from demo/2 on, queued",
                        "stored    demo/4, weights sha256 " + Sha256.of(LAST),
                        "replayed  replay-demo-2-4/4, weights sha256 " + Sha256.of(LAST),
                        "same      every array bit for bit, and every record that was read");
    }

    @Test
    void bothEndsAreHeldUntilTheyAreCompared() {
        trainedOnRequest(Examples.manifest(REPLAY, 4, null, LAST, OPTIMIZER));

        replay("--from=2", "--to=4");

        assertThat(commands.services().calls())
                .containsSubsequence("PUT " + PIN_FROM, "POST /v1/runs", "DELETE " + PIN_FROM)
                .containsSubsequence("PUT " + PIN_TO, "GET /v1/runs/" + REPLAY + "/checkpoints/4", "DELETE " + PIN_TO);
        assertThat(commands.services().body("PUT " + PIN_TO)).contains("\"step\":4");
    }

    @Test
    void aCheckpointThatIsBeingDeletedIsNotReplayed() {
        commands.services()
                .answer(
                        "PUT " + PIN_FROM,
                        409,
                        "{\"title\":\"Retiring\",\"detail\":\"Checkpoint demo/2 is being deleted\"}"
                                .getBytes(StandardCharsets.UTF_8));

        assertThat(replay("--from=2", "--to=4")).isEqualTo(1);

        assertThat(commands.failure()).contains("Checkpoint demo/2 is being deleted");
        assertThat(commands.services().calls()).doesNotContain("POST /v1/runs");
    }

    @Test
    void whatIsQueuedIsAForkOfTheRun() {
        trainedOnRequest(Examples.manifest(REPLAY, 4, null, LAST, OPTIMIZER));

        replay("--from=2", "--to=4");

        byte[] body = commands.services().body("POST /v1/runs").getBytes(StandardCharsets.UTF_8);
        assertThat(Json.read(body, RunRequest.class))
                .isEqualTo(new ReplayPlan("demo", 2, 4).request(null, RunSpec.defaults("whole", 4)));
    }

    @Test
    void aReplayThatDiffersNamesTheArray() {
        byte[] other = Examples.file(3, 4.5f);
        answer("GET /v1/blobs/" + Sha256.of(other), other);
        trainedOnRequest(Examples.manifest(REPLAY, 4, null, other, OPTIMIZER));

        assertThat(replay("--from=2", "--to=4")).isEqualTo(1);

        assertThat(commands.lines())
                .contains("differs   params.decoder.Dense_0.bias: 1 of 2 numbers differ, by 0.500 at most");
    }

    @Test
    void aReplayThatWasTrainedBeforeIsComparedAgain() {
        finished(Examples.manifest(REPLAY, 4, null, LAST, OPTIMIZER));
        commands.services().answer("POST /v1/runs", 200, new byte[0]);

        assertThat(replay("--from=2", "--to=4")).isZero();
        assertThat(commands.lines())
                .startsWith("run       replay-demo-2-4 was trained before; to train once more, give another --id");
    }

    @Test
    void aReplayThatFailsSaysWhy() {
        commands.services()
                .answer(
                        "POST /v1/runs",
                        201,
                        new byte[0],
                        () -> send(
                                new Topics("").runEvents(), event("again", RunEvent.State.FAILED, "the loss is NaN")));

        assertThat(replay("--from=2", "--to=4", "--id=again")).isEqualTo(1);
        assertThat(commands.failure()).isEqualTo("vaestream: run again failed: the loss is NaN");
    }

    @Test
    void aCheckpointThatIsNotKeptIsNamed() {
        assertThat(replay("--from=2", "--to=3")).isEqualTo(1);
        assertThat(commands.failure()).isEqualTo("vaestream: checkpoint demo/3 is not kept; kept are: 2 4");
    }

    @Test
    void goingBackIsAUsageError() {
        assertThat(replay("--from=4", "--to=2")).isEqualTo(2);
        assertThat(commands.failure()).isEqualTo("vaestream: --from is 4 and --to is 2; --from must be the lower one");
    }

    @Test
    void recordsThatAreGoneAreNamed() throws Exception {
        begun("cut", topicId("batches.cut"));

        assertThat(replay("--from=2", "--to=4")).isEqualTo(1);
        assertThat(commands.failure())
                .isEqualTo(
                        "vaestream: the records after step 2 are gone: partition 0 of topic batches.cut begins at offset 3, and 2 comes next; choose a later --from");
        assertThat(commands.services().calls()).doesNotContain("POST /v1/runs");
    }

    @Test
    void aTopicThatWasMadeAnewIsNamed() throws Exception {
        begun("whole", "another");

        assertThat(replay("--from=2", "--to=4")).isEqualTo(1);
        assertThat(commands.failure())
                .isEqualTo(
                        "vaestream: the records of run demo are gone: topic batches.whole was made anew (it had id another, now %s)"
                                .formatted(topicId("batches.whole")));
    }

    @Test
    void aTopicThatIsGoneIsNamed() {
        begun("gone", "another");

        assertThat(replay("--from=2", "--to=4")).isEqualTo(1);
        assertThat(commands.failure())
                .isEqualTo("vaestream: the records of run demo are gone: there is no topic batches.gone any more");
    }

    private int replay(String... options) {
        return commands.run(
                Stream.concat(Stream.of("replay", "demo"), Stream.of(options)).toArray(String[]::new));
    }

    private void begun(String stream, String topicId) {
        answer(
                "GET /v1/runs/demo",
                Json.write(new RunStatus(
                        Examples.identity("demo", RunSpec.defaults(stream, 4), topicId), List.of(2L, 4L), TO)));
    }

    /** Has a trainer take the run as soon as it is queued. */
    private void trainedOnRequest(Manifest result) {
        commands.services().answer("POST /v1/runs", 201, new byte[0], () -> {
            Topics topics = new Topics("");
            finished(result);
            send(topics.runEvents(), event(REPLAY, RunEvent.State.STARTED, null));
            send(topics.metrics(), new MetricsEvent.Epoch(REPLAY, 4, 0, 4, new Losses(3, 2, 1)));
            send(topics.runEvents(), completed(result));
        });
    }

    private void finished(Manifest result) {
        RunSpec spec = new ReplayPlan("demo", 2, 4)
                .request(null, RunSpec.defaults("whole", 4))
                .spec();
        answer(
                "GET /v1/runs/" + REPLAY,
                Json.write(new RunStatus(Examples.identity(REPLAY, spec), List.of(2L, 4L), result)));
        answer("GET /v1/runs/" + REPLAY + "/checkpoints/4", result.encode());
    }

    private static String pin(String end, String replay) {
        Sha256 digest = Sha256.of((replay + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8));
        return "/v1/runs/demo/pins/replay-%s-%s".formatted(end, digest.abbreviated());
    }

    private static RunEvent event(String run, RunEvent.State state, @Nullable String reason) {
        return new RunEvent(run, state, 2, reason, null, Instant.now());
    }

    private static RunEvent completed(Manifest result) {
        return new RunEvent(
                REPLAY,
                RunEvent.State.COMPLETED,
                4,
                null,
                result.blob(Blob.PARAMS).sha256(),
                Instant.now());
    }

    private String topicId(String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get(20, TimeUnit.SECONDS)
                .get(topic)
                .topicId()
                .toString();
    }

    private void answer(String call, byte[] body) {
        commands.services().answer(call, 200, body);
    }

    private void send(String topic, Object value) {
        try {
            producer.send(new ProducerRecord<>(topic, 0, KEY, Json.write(value)))
                    .get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
