package dev.vaestream.sampler;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vaestream.contracts.AliasMove;
import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The part of the checkpoint service that the sampler calls, over real HTTP, with faults on request. */
final class FakeCheckpointService implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Map<String, RunIdentity> runs = new ConcurrentSkipListMap<>();
    private final Map<String, SortedMap<Long, Manifest>> manifests = new ConcurrentHashMap<>();
    private final Set<Sha256> retiring = ConcurrentHashMap.newKeySet();
    private final Map<String, AliasMove> aliases = new ConcurrentHashMap<>();
    private final Map<Sha256, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, Handler> faults = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    FakeCheckpointService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void commit(RunIdentity identity, Manifest manifest, byte[] params) {
        blobs.put(Sha256.of(params), params);
        runs.put(identity.run(), identity);
        manifests
                .computeIfAbsent(identity.run(), run -> new ConcurrentSkipListMap<>())
                .put(manifest.step(), manifest);
    }

    Manifest commit(RunIdentity identity, long step, byte[] params) {
        Manifest manifest = Fixtures.manifest(identity.run(), step, params);
        commit(identity, manifest, params);
        return manifest;
    }

    /** Lets {@code alias} point at {@code manifest}; {@code best} is an alias here. */
    void point(String alias, Manifest manifest) {
        aliases.put(
                manifest.run() + "/" + alias,
                new AliasMove(
                        manifest.run(), alias, 1, manifest.step(), manifest.digest(), null, null, null, Fixtures.NOON));
    }

    /** Lets it be listed as one that is about to be deleted. */
    void beginToRetire(Manifest manifest) {
        retiring.add(manifest.digest());
    }

    void retire(String run, long step) {
        manifests.get(run).remove(step);
    }

    /** Answers {@code path} with {@code body} from now on. */
    void answer(String path, int status, byte[] body) {
        faults.put(path, exchange -> send(exchange, status, body));
    }

    /** Sends the head of an answer to {@code path} and never its body. */
    void hang(String path) {
        faults.put(path, exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            awaitClose();
        });
    }

    /** Ends the fault of {@code path}. */
    void heal(String path) {
        faults.remove(path);
    }

    static String blobPath(byte[] content) {
        return "/v1/blobs/" + Sha256.of(content);
    }

    /** The paths that were asked for. */
    List<String> requests() {
        return new ArrayList<>(requests);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(path);
            Handler fault = faults.get(path);
            if (fault == null) {
                Optional<byte[]> body = body(path.split("/"));
                send(exchange, body.isPresent() ? 200 : 404, body.orElse(new byte[0]));
            } else {
                fault.handle(exchange);
            }
        }
    }

    /** @param path as {@code "", "v1", "runs", …} */
    private Optional<byte[]> body(String[] path) {
        return switch (path[2] + path.length) {
            case "runs3" ->
                Optional.of(Json.write(runs.values().stream().map(this::status).toList()));
            case "runs4" ->
                Optional.ofNullable(runs.get(path[3])).map(this::status).map(Json::write);
            case "runs5" -> Optional.ofNullable(manifests.get(path[3])).map(this::summaries);
            case "runs6" -> path[4].equals("aliases") ? alias(path).map(Json::write) : manifest(path);
            case "blobs4" -> Optional.ofNullable(blobs.get(new Sha256(path[3])));
            default -> Optional.empty();
        };
    }

    private Optional<byte[]> manifest(String[] path) {
        long step = path[5].equals("best") ? alias(path).map(AliasMove::step).orElse(-1L) : Long.parseLong(path[5]);
        return Optional.ofNullable(steps(path[3]).get(step)).map(Manifest::encode);
    }

    private Optional<AliasMove> alias(String[] path) {
        return Optional.ofNullable(aliases.get(path[3] + "/" + path[5]));
    }

    private RunStatus status(RunIdentity identity) {
        SortedMap<Long, Manifest> steps = steps(identity.run());
        return new RunStatus(
                identity, List.copyOf(steps.keySet()), steps.isEmpty() ? null : steps.get(steps.lastKey()));
    }

    private byte[] summaries(SortedMap<Long, Manifest> steps) {
        return Json.write(steps.values().stream()
                .map(manifest -> new CheckpointSummary(
                        manifest.step(),
                        manifest.digest(),
                        manifest.parentStep(),
                        manifest.createdAt(),
                        Map.of(),
                        List.of(),
                        false,
                        false,
                        retiring.contains(manifest.digest())))
                .toList());
    }

    private SortedMap<Long, Manifest> steps(String run) {
        return manifests.getOrDefault(run, new TreeMap<>());
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }
}
