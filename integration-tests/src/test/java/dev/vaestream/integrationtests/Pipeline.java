package dev.vaestream.integrationtests;

import static org.awaitility.Awaitility.await;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunEvent;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StreamStatus;
import dev.vaestream.contracts.Topics;
import dev.vaestream.local.ClusterOptions;
import dev.vaestream.local.LocalCluster;
import dev.vaestream.local.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A running cluster as its users see it: over HTTP and Kafka. */
final class Pipeline implements AutoCloseable {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Stack stack;
    private final LocalCluster cluster;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private Pipeline(Stack stack, LocalCluster cluster) {
        this.stack = stack;
        this.cluster = cluster;
    }

    /** Starts broker, store and services; state is kept in {@code directory}. */
    static Pipeline start(Path directory) {
        return start(directory, Stack.start(), options -> options, System.out::println);
    }

    /**
     * Starts the services, and what of broker and store the stack does not have.
     *
     * @param configure how they are started
     * @param notices told, one line each, when a process dies and is started again; on any thread
     */
    static Pipeline start(
            Path directory, Stack stack, UnaryOperator<ClusterOptions> configure, Consumer<String> notices) {
        try {
            ClusterOptions options =
                    stack.configure(ClusterOptions.of(home(), directory).withAnyPorts());
            return new Pipeline(stack, LocalCluster.start(configure.apply(options), notices));
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /** The root of the repository. */
    static Path home() {
        return Path.of(System.getProperty("vaestream.home"));
    }

    LocalCluster cluster() {
        return cluster;
    }

    Topic topic(String name) {
        return new Topic(cluster.addresses().bootstrapServers(), name);
    }

    URI address(Member member, String path) {
        return cluster.addresses().http(member).resolve(path);
    }

    HttpResponse<byte[]> get(Member member, String path) {
        return send(HttpRequest.newBuilder(address(member, path)).GET());
    }

    HttpResponse<byte[]> post(Member member, String path, Object body) {
        return postJson(member, path, new String(Json.write(body), StandardCharsets.UTF_8));
    }

    HttpResponse<byte[]> postJson(Member member, String path, String json) {
        return send(HttpRequest.newBuilder(address(member, path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    HttpResponse<byte[]> postPicture(Member member, String path, byte[] picture) {
        return send(HttpRequest.newBuilder(address(member, path))
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofByteArray(picture)));
    }

    HttpResponse<byte[]> put(Member member, String path, String contentType, byte[] body) {
        return send(HttpRequest.newBuilder(address(member, path))
                .header("Content-Type", contentType)
                .PUT(BodyPublishers.ofByteArray(body)));
    }

    /** Makes a stream of shuffled MNIST epochs and does not wait for it. */
    void createStream(String stream, int epochs, int partitions) {
        requireSuccess(post(
                Member.INGEST,
                "/v1/streams",
                Map.of("stream", stream, "dataset", "mnist", "epochs", epochs, "partitions", partitions)));
    }

    long published(String stream) {
        return Json.read(get(Member.INGEST, "/v1/streams/" + stream).body(), StreamStatus.class)
                .published();
    }

    void startRun(RunRequest run) {
        requireSuccess(post(Member.INGEST, "/v1/runs", run));
    }

    /** The newest step of a run; 0 before its first checkpoint and while nobody answers. */
    long latestStep(String run) {
        return status(run)
                .flatMap(status -> Optional.ofNullable(status.latest()))
                .map(manifest -> manifest.step())
                .orElse(0L);
    }

    Optional<RunStatus> status(String run) {
        try {
            HttpResponse<byte[]> answer = get(Member.CHECKPOINT, "/v1/runs/" + run);
            return answer.statusCode() == 200
                    ? Optional.of(Json.read(answer.body(), RunStatus.class))
                    : Optional.empty();
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    void awaitStep(String run, long step) {
        await("step " + step + " of " + run)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> latestStep(run) >= step);
    }

    /** Waits for the run's end and answers with the digest of its last weights. */
    Sha256 awaitWeights(String run) {
        RunEvent[] last = new RunEvent[1];
        try (Topic events = topic(new Topics("").runEvents())) {
            await("end of " + run).atMost(PATIENCE).until(() -> {
                events.values(run, RunEvent.class).forEach(event -> last[0] = event);
                return last[0] != null && last[0].state().ended();
            });
        }
        if (last[0].state() != RunEvent.State.COMPLETED) {
            throw new AssertionError(run + " failed: " + last[0].reason());
        }
        Sha256 stored = status(run).orElseThrow().latest().blob(Blob.PARAMS).sha256();
        if (!stored.equals(last[0].weights())) {
            throw new AssertionError("the event says " + last[0].weights() + ", storage has " + stored);
        }
        return stored;
    }

    List<RunEvent> events(String run) {
        try (Topic events = topic(new Topics("").runEvents())) {
            return events.values(run, RunEvent.class);
        }
    }

    @Override
    public void close() {
        cluster.close();
        stack.close();
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(REQUEST_TIMEOUT).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void requireSuccess(HttpResponse<byte[]> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(answer.request().method() + " " + answer.uri() + " answered " + answer.statusCode()
                    + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
    }
}
