package dev.vaestream.integrationtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Topics;
import dev.vaestream.local.ClusterOptions;
import dev.vaestream.local.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A broker, ingest, a checkpoint service and a trainer, with a store and wires between them that can be broken, processes
 * that can be killed at any named point, and an auditor that watches the checkpoints all the while.
 */
final class FaultyCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration LOOK = Duration.ofMillis(10);

    private final CrashFile crash;
    private final FaultyStore store;
    private final TcpProxy toStore = new TcpProxy();
    private final TcpProxy toCheckpoint = new TcpProxy();
    private final TcpProxy toBroker = new TcpProxy();
    private final Auditor auditor;
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Pipeline pipeline;

    private FaultyCluster(Path directory) {
        crash = new CrashFile(directory.resolve("crash"));
        store = new FaultyStore(directory.resolve("objects"));
        auditor = new Auditor(store.files(), Duration.ofMillis(500)).start();
        store.files().listen(new ChangeAudit(store.files(), auditor));
        toStore.to(store.port());
        int listened = anyPort();
        toBroker.to(listened);
        pipeline = Pipeline.start(
                directory.resolve("cluster"), new EmbeddedStack(), options -> configure(options, listened), this::note);
        toCheckpoint.to(pipeline.address(Member.CHECKPOINT, "").getPort());
    }

    static FaultyCluster start(Path directory) {
        return new FaultyCluster(directory);
    }

    FaultyStore store() {
        return store;
    }

    /** Between the checkpoint service and the store. */
    TcpProxy toStore() {
        return toStore;
    }

    /** Between the trainer and the checkpoint service. */
    TcpProxy toCheckpoint() {
        return toCheckpoint;
    }

    /** Between the trainer and the broker. */
    TcpProxy toBroker() {
        return toBroker;
    }

    Auditor auditor() {
        return auditor;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** What was said of processes that have ended. */
    List<String> notices() {
        return notices;
    }

    /** How often a member ended with an exit code. */
    long ends(Member member, int exitCode) {
        String line = "%s ended with exit code %d ".formatted(member.title(), exitCode);
        return notices.stream().filter(notice -> notice.startsWith(line)).count();
    }

    /** Makes a stream of shuffled MNIST and waits until it has so many batches. */
    void stream(String stream, int partitions, long batches) {
        pipeline.createStream(stream, 1, partitions);
        await("batches of " + stream).atMost(PATIENCE).until(() -> pipeline.published(stream) >= batches);
    }

    void begin(String run, RunSpec spec) {
        pipeline.startRun(new RunRequest(run, spec));
    }

    /** The newest step in the store itself; -1 where there is none. */
    long step(String run) {
        String prefix = "runs/" + run + "/checkpoints/";
        return store.files().list(prefix).stream()
                .mapToLong(key -> Long.parseLong(key.substring(prefix.length()).replace(".json", "")))
                .max()
                .orElse(-1);
    }

    void awaitStep(String run, long step) {
        await("step " + step + " of " + run).atMost(PATIENCE).pollInterval(LOOK).until(() -> step(run) >= step);
    }

    /** Waits for the run's end. */
    RunResult awaitResult(String run) {
        RunEvent end = awaitEnd(run);
        assertThat(end.state()).as("%s: %s", run, end.reason()).isEqualTo(RunEvent.State.COMPLETED);
        return result(run);
    }

    /** The event that says how the run has ended. */
    RunEvent awaitEnd(String run) {
        RunEvent[] last = new RunEvent[1];
        try (Topic events = pipeline.topic(new Topics("").runEvents())) {
            await("end of " + run).atMost(PATIENCE).until(() -> {
                events.values(run, RunEvent.class).forEach(event -> last[0] = event);
                return last[0] != null && last[0].state().ended();
            });
        }
        return last[0];
    }

    /** What the newest checkpoint in the store itself says. */
    RunResult result(String run) {
        return RunResult.of(newest(run));
    }

    Manifest newest(String run) {
        return Manifest.decode(store.files()
                .read("runs/%s/checkpoints/%d.json".formatted(run, step(run)))
                .orElseThrow());
    }

    /** What lets the next process that comes to a point die there. */
    CrashFile crash() {
        return crash;
    }

    /** {@code kill -9}, and waits until it is dead. */
    void kill(Member member) {
        ProcessHandle process = process(member);
        process.destroyForcibly();
        await("death of " + member).until(() -> !process.isAlive());
    }

    ProcessHandle process(Member member) {
        await("a process of " + member)
                .atMost(PATIENCE)
                .until(() -> pipeline.cluster().process(member).isPresent());
        return pipeline.cluster().process(member).orElseThrow();
    }

    /** Starts one more process of a service, which the caller ends. */
    Process another(Member member, int port, Map<String, String> environment, String... arguments) {
        return pipeline.cluster().startAnother(member, port, environment, arguments);
    }

    /** A readiness check's answer; empty where it is ready, or nobody answers. */
    private Optional<String> trouble(URI service) {
        try {
            HttpResponse<byte[]> health = http.send(
                    HttpRequest.newBuilder(service.resolve("/q/health/ready"))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    BodyHandlers.ofByteArray());
            return health.statusCode() == 200
                    ? Optional.empty()
                    : Optional.of(new String(health.body(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Waits until a member says that it is not ready, and why. */
    String awaitTrouble(Member member) {
        return awaitTrouble(pipeline.address(member, ""));
    }

    /** Waits until the service that listens on a port says that it is not ready, and why. */
    String awaitTrouble(int port) {
        return awaitTrouble(URI.create("http://127.0.0.1:" + port));
    }

    private String awaitTrouble(URI service) {
        return await("trouble of " + service)
                .atMost(PATIENCE)
                .until(() -> trouble(service), Optional::isPresent)
                .orElseThrow();
    }

    /** Mends every wire and the store. */
    void heal() {
        store.heal();
        toStore.heal();
        toCheckpoint.heal();
        toBroker.heal();
    }

    @Override
    public void close() {
        heal();
        pipeline.close();
        auditor.close();
        toStore.close();
        toCheckpoint.close();
        toBroker.close();
        store.close();
    }

    static int anyPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -STOP} or {@code -CONT}. */
    static void signal(String signal, ProcessHandle process) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
            assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(String notice) {
        System.out.println(notice);
        notices.add(notice);
    }

    /** With timeouts that a test can wait for. */
    private ClusterOptions configure(ClusterOptions options, int brokerPort) {
        String crashing = crash.argument();
        UnaryOperator<ClusterOptions> services =
                all -> all.withServices(Member.CHECKPOINT, Member.INGEST, Member.TRAINER)
                        .withArguments(Member.CHECKPOINT, crashing)
                        .withArguments(Member.TRAINER, crashing)
                        .withArguments(Member.INGEST, crashing);
        return services.apply(options)
                .withStore(store.endpoint(), FaultyStore.ACCESS_KEY, FaultyStore.SECRET_KEY)
                .withEndlessRestarts()
                .withArguments(Member.BROKER, "-Dvaestream.broker.proxied=%d:%d".formatted(brokerPort, toBroker.port()))
                .withArguments(
                        Member.CHECKPOINT,
                        "-Dvaestream.checkpoint.s3.endpoint=http://127.0.0.1:" + toStore.port(),
                        "-Dvaestream.checkpoint.s3.idle-timeout=1s",
                        "-Dvaestream.checkpoint.s3.request-timeout=3s",
                        "-Dvaestream.checkpoint.retention-grace=1s",
                        "-Dvaestream.checkpoint.check-interval=500ms")
                .withArguments(
                        Member.TRAINER,
                        "-Dkafka.bootstrap.servers=127.0.0.1:" + toBroker.port(),
                        "-Dvaestream.trainer.checkpoint-service=http://127.0.0.1:" + toCheckpoint.port(),
                        "-Dvaestream.trainer.request-timeout=5s",
                        "-Dvaestream.trainer.backoff-first=100ms",
                        "-Dvaestream.trainer.backoff-limit=1s");
    }
}
