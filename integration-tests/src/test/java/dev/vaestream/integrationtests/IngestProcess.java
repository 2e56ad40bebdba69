package dev.vaestream.integrationtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.StreamStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** An ingest service by itself: killed, stopped, woken and started again at will. */
final class IngestProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int UNAVAILABLE = 503;

    private final Path directory;
    private final String name;
    private final BrokerProcess broker;
    private final int port = ChildJvm.freePort();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private Process process;

    private IngestProcess(Path directory, String name, BrokerProcess broker) {
        this.directory = directory;
        this.name = name;
        this.broker = broker;
        this.process = launch();
    }

    /** @param name for its log and its crash file, which are in {@code directory} */
    static IngestProcess start(Path directory, String name, BrokerProcess broker) {
        IngestProcess ingest = new IngestProcess(directory, name, broker);
        ingest.awaitReady();
        return ingest;
    }

    int port() {
        return port;
    }

    /** What lets it die where it next comes to a point. */
    CrashFile crash() {
        return new CrashFile(directory.resolve(name + ".crash"));
    }

    void awaitDeath() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(name + " has not come to its crash point");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    void restart() {
        process = launch();
        awaitReady();
    }

    /** SIGSTOP. */
    void stop() {
        signal("STOP");
    }

    /** SIGCONT. */
    void wake() {
        signal("CONT");
    }

    /** @throws UncheckedIOException where it does not answer */
    HttpResponse<byte[]> put(String path, String contentType, byte[] body) {
        return send(request(path).header("Content-Type", contentType).PUT(BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<byte[]> post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    HttpResponse<byte[]> get(String path) {
        return send(request(path).GET());
    }

    /** Asks again as long as it does not answer, or with 503. */
    HttpResponse<byte[]> insist(Supplier<HttpResponse<byte[]>> request) {
        return await("an answer of " + name)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .ignoreException(UncheckedIOException.class)
                .until(request::get, answer -> answer.statusCode() != UNAVAILABLE);
    }

    StreamStatus status(String stream) {
        HttpResponse<byte[]> answer = insist(() -> get("/v1/streams/" + stream));
        return Json.read(answer.body(), StreamStatus.class);
    }

    @Override
    public void close() {
        ChildJvm.kill(process);
    }

    private void awaitReady() {
        await(name).atMost(PATIENCE).until(() -> {
            try {
                return get("/q/health/ready").statusCode() == 200;
            } catch (UncheckedIOException e) {
                return false;
            }
        });
    }

    private Process launch() {
        Path home = Pipeline.home();
        List<String> arguments = List.of(
                "-Dkafka.bootstrap.servers=" + broker.bootstrapServers(),
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dvaestream.ingest.datasets.mnist=" + home.resolve("datasets/mnist"),
                "-Dvaestream.ingest.check-interval=500ms",
                "-Dvaestream.ingest.retry-delay=500ms",
                "-Dvaestream.ingest.takeover-delay=2s",
                crash().argument(),
                "-jar",
                home.resolve("ingest-service/target/quarkus-app/quarkus-run.jar")
                        .toString());
        return ChildJvm.start(directory.resolve(name + ".log"), arguments);
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("kill -" + signal + " of " + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(90));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }
}
