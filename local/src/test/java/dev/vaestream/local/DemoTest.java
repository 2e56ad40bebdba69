package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StreamSpec;
import dev.vaestream.contracts.StreamStatus;
import dev.vaestream.contracts.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The demo against a real broker, with the services' answers made up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {
    private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G'};
    private static final Sha256 WEIGHTS = Sha256.of(new byte[] {7});
    private static final byte[] KEY = {'k'};
    private static final int EPOCH_BATCHES = 200;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Path directory;
    private LocalCluster broker;
    private FakeServices services;
    private KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    void startBroker(@TempDir Path temporary) {
        directory = temporary;
        broker = LocalCluster.start(
                ClusterOptions.of(Path.of(".."), temporary.resolve("state"))
                        .withAnyPorts()
                        .withoutServices(),
                notice -> {});
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.addresses().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    void stopBroker() {
        producer.close();
        broker.close();
    }

    @BeforeEach
    void startServices() throws IOException {
        out.reset();
        services = new FakeServices();
        services.answer("POST /v1/streams", 201, Json.write(stream()));
        services.answer("GET /v1/samples?count=10&seed=65535", 200, PICTURE);
    }

    @AfterEach
    void stopServices() {
        services.close();
    }

    @Test
    void aRunIsFollowedToItsPicture() throws Exception {
        DemoPlan plan = new DemoPlan("mnist", 2);
        services.answer("POST /v1/runs", 201, new byte[0], () -> train(plan, 2 * EPOCH_BATCHES));
        finished(plan);

        demo(plan).run();

        assertThat(lines())
                .containsSubsequence(
                        "stream    mnist: 3,200 images, 400 batches of 16, seed 65535",
                        "run       demo-2-epochs: 400 steps, 491,920 parameters, adamw(1e-4)",
                        "epoch 0 | step 100 | loss: 20.0000 ~ mse: 18.0000. kl: 4.0000",
                        "committed demo-2-epochs/400, manifest " + Sha256.EMPTY.abbreviated(),
                        "kept      checkpoints 300 400 on cpu",
                        "weights   sha256 " + WEIGHTS,
                        "0          24.5000   23.0000    3.0000",
                        "samples   samples.png, 10 x 10 from demo-2-epochs/400, sha256 " + Sha256.of(PICTURE),
                        "loss      24.50 (mse 23.00, kl 3.00)");
        assertThat(directory.resolve("samples.png")).hasBinaryContent(PICTURE);
    }

    @Test
    void aFinishedRunIsOnlyDrawnAgain() throws Exception {
        DemoPlan plan = new DemoPlan("mnist", 3);
        train(plan, 3 * EPOCH_BATCHES);
        services.answer("POST /v1/runs", 200, new byte[0]);
        finished(plan);

        demo(plan).run();

        assertThat(lines()).noneMatch(line -> line.startsWith("epoch 0 |"));
        assertThat(lines()).anyMatch(line -> line.startsWith("samples   samples.png"));
    }

    @Test
    void aFailedRunEndsTheDemoWithItsReason() {
        DemoPlan plan = new DemoPlan("mnist", 4);
        services.answer(
                "POST /v1/runs",
                201,
                new byte[0],
                () -> send(new Topics("").runEvents(), event(plan, RunEvent.State.FAILED, 5, "the loss is NaN", null)));

        assertThatThrownBy(() -> demo(plan).run())
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("run demo-4-epochs failed: the loss is NaN");
    }

    @Test
    void aRefusedStreamEndsTheDemo() {
        services.answer(
                "POST /v1/streams",
                409,
                "{\"title\":\"Stream differs\",\"detail\":\"seed is 1\"}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> demo(new DemoPlan("mnist", 5)).run()).hasMessage("Stream differs: seed is 1");
    }

    /** Says what a trainer and the checkpoint service would. */
    private void train(DemoPlan plan, long steps) {
        Topics topics = new Topics("");
        Losses mean = new Losses(24.5, 23, 3);
        send(topics.runEvents(), event(plan, RunEvent.State.STARTED, 0, null, null));
        send(topics.metrics(), new MetricsEvent.Window(plan.run(), 101, 0, 100, new Losses(20, 18, 4), 1e-4, 1, 9_000));
        send(
                topics.checkpoints(),
                new CheckpointEvent(plan.run(), steps, CheckpointEvent.Change.COMMITTED, Sha256.EMPTY, Instant.now()));
        send(topics.metrics(), new MetricsEvent.Epoch(plan.run(), steps, 0, steps, mean));
        send(topics.runEvents(), event(plan, RunEvent.State.COMPLETED, steps, null, WEIGHTS));
    }

    private void finished(DemoPlan plan) {
        RunRequest request = plan.run(spec());
        long steps = request.spec().steps();
        RunIdentity identity = new RunIdentity(
                request.run(),
                request.spec(),
                request.spec().digest(),
                new ImageShape(28, 28),
                16,
                "batches.mnist",
                "topic",
                "cluster",
                Sha256.EMPTY,
                new NumericFingerprint("2.18.0", "cpu", "amd64", "avx2", false, 1));
        services.answer(
                "GET /v1/runs/" + request.run(),
                200,
                Json.write(new RunStatus(identity, List.of(steps - 100, steps), null)));
        services.answer(
                "GET /v1/model",
                200,
                "{\"run\":\"%s\",\"step\":%d}".formatted(request.run(), steps).getBytes(StandardCharsets.UTF_8));
    }

    private static RunEvent event(
            DemoPlan plan, RunEvent.State state, long step, @Nullable String reason, @Nullable Sha256 weights) {
        return new RunEvent(plan.run(), state, step, reason, weights, Instant.now());
    }

    private void send(String topic, Object value) {
        try {
            producer.send(new ProducerRecord<>(topic, 0, KEY, Json.write(value)))
                    .get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private Demo demo(DemoPlan plan) throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.write(data.resolve("train-images-idx3-ubyte"), new byte[16]);
        return new Demo(
                plan,
                new IdxDirectory(data),
                new StateDirectory(directory.resolve("state")),
                new FakeCluster(),
                new PlainScreen(new PrintStream(out, true, StandardCharsets.UTF_8)),
                Glyphs.ASCII,
                directory.resolve("samples.png"));
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static StreamStatus stream() {
        return new StreamStatus(spec(), "batches.mnist", 0);
    }

    private static StreamSpec spec() {
        return new StreamSpec(
                "mnist", "mnist", Sha256.EMPTY, EPOCH_BATCHES * 16, new ImageShape(28, 28), 10, 16, 2, true, 65_535, 1);
    }

    private final class FakeCluster implements ClusterAccess {
        @Override
        public Addresses addresses() {
            int broker = Integer.parseInt(
                    DemoTest.this.broker.addresses().bootstrapServers().replaceAll(".*:", ""));
            int http = services.port();
            return new Addresses(new Ports(http, http, http, http, broker, 0, 0));
        }

        @Override
        public Collection<Long> pids() {
            return List.of();
        }

        @Override
        public void check() {}

        @Override
        public void close() {}
    }
}
