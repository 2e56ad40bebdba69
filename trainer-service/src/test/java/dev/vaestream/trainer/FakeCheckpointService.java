package dev.vaestream.trainer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.WriterClaim;
import dev.vaestream.contracts.WriterGrant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The checkpoint service's HTTP API over maps, with the same rules for who may write what. */
final class FakeCheckpointService implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final Map<String, byte[]> blobs = new HashMap<>();
    private final Map<String, Run> runs = new HashMap<>();
    private final Deque<Integer> failures = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private boolean forgetful;

    private static final class Run {
        private final RunIdentity identity;
        private final SortedMap<Long, Manifest> checkpoints = new TreeMap<>();
        private final Set<Long> retiring = new HashSet<>();
        private long epoch;

        Run(RunIdentity identity) {
            this.identity = identity;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // written once, compared by nobody
    private record Answer(int status, byte[] body) {}

    FakeCheckpointService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext("/v1/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next requests answer with these statuses and do nothing. */
    synchronized void failNext(Integer... statuses) {
        failures.addAll(List.of(statuses));
    }

    /** Loses all blobs before the next commit, as a sweep would. */
    synchronized void forgetBlobs() {
        forgetful = true;
    }

    /** Changes a stored blob, as a broken disk would. */
    synchronized void corrupt(Sha256 blob) {
        byte[] bytes = blobs.get(blob.hex()).clone();
        bytes[bytes.length - 1] ^= 1;
        blobs.put(blob.hex(), bytes);
    }

    /** Loses a stored blob, as a broken disk would. */
    synchronized void lose(Sha256 blob) {
        blobs.remove(blob.hex());
    }

    /** Lets a checkpoint be about to be deleted. */
    synchronized void beginToRetire(String run, long step) {
        runs.get(run).retiring.add(step);
    }

    /** Deletes a checkpoint, as retention does. */
    synchronized void retire(String run, long step) {
        runs.get(run).checkpoints.remove(step);
    }

    /** Somebody else claims the run. */
    synchronized void fence(String run) {
        runs.get(run).epoch++;
    }

    /** Puts a checkpoint in, unchecked. */
    synchronized void put(RunIdentity identity, Manifest manifest) {
        runs.computeIfAbsent(identity.run(), name -> new Run(identity))
                .checkpoints
                .put(manifest.step(), manifest);
    }

    synchronized SortedMap<Long, Manifest> checkpoints(String run) {
        Run known = runs.get(run);
        return known == null ? new TreeMap<>() : new TreeMap<>(known.checkpoints);
    }

    synchronized RunIdentity identity(String run) {
        return runs.get(run).identity;
    }

    synchronized byte[] blob(Blob blob) {
        return blobs.get(blob.sha256().hex());
    }

    /** Method and path of every request so far. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath().substring("/v1/".length());
            Answer answer = answer(exchange.getRequestMethod() + " " + path, path.split("/"), body);
            exchange.sendResponseHeaders(answer.status, answer.body.length == 0 ? -1 : answer.body.length);
            exchange.getResponseBody().write(answer.body);
        }
    }

    private synchronized Answer answer(String request, String[] path, byte[] body) {
        requests.add(request);
        if (!failures.isEmpty()) {
            return problem(failures.remove(), "storage-unavailable", "as it was told");
        }
        String method = request.substring(0, request.indexOf(' '));
        if (path[0].equals("blobs")) {
            return method.equals("PUT") ? putBlob(path[1], body) : getBlob(path[1]);
        }
        if (path.length == 2) {
            return run(path[1]);
        }
        if (path[2].equals("writers")) {
            return claim(path[1], Json.read(body, WriterClaim.class));
        }
        if (path.length == 3) {
            return summaries(path[1]);
        }
        return method.equals("PUT") ? commit(Manifest.decode(body)) : checkpoint(path[1], path[3]);
    }

    private Answer putBlob(String digest, byte[] body) {
        if (!Sha256.of(body).hex().equals(digest)) {
            return problem(422, "digest-differs", "the body's digest is " + Sha256.of(body));
        }
        return new Answer(blobs.put(digest, body) == null ? 201 : 200, new byte[0]);
    }

    private Answer getBlob(String digest) {
        byte[] blob = blobs.get(digest);
        return blob == null ? problem(404, "no-blob", digest) : new Answer(200, blob);
    }

    private Answer run(String name) {
        Run run = runs.get(name);
        if (run == null) {
            return problem(404, "no-run", name);
        }
        Manifest latest = run.checkpoints.isEmpty() ? null : run.checkpoints.get(run.checkpoints.lastKey());
        List<Long> steps = run.checkpoints.keySet().stream()
                .filter(step -> !run.retiring.contains(step))
                .toList();
        return new Answer(200, Json.write(new RunStatus(run.identity, steps, latest)));
    }

    private Answer summaries(String name) {
        Run run = runs.get(name);
        if (run == null) {
            return problem(404, "no-run", name);
        }
        return new Answer(
                200,
                Json.write(run.checkpoints.values().stream()
                        .map(manifest -> new CheckpointSummary(
                                manifest.step(),
                                manifest.digest(),
                                manifest.parentStep(),
                                manifest.createdAt(),
                                manifest.info().metrics(),
                                List.of(),
                                false,
                                false,
                                run.retiring.contains(manifest.step())))
                        .toList()));
    }

    private Answer claim(String name, WriterClaim claim) {
        Run run = runs.computeIfAbsent(name, unknown -> new Run(claim.identity()));
        if (!run.identity.equals(claim.identity())) {
            return problem(409, "run-differs", "topicId is another one");
        }
        run.epoch++;
        return new Answer(201, Json.write(new WriterGrant(name, run.epoch)));
    }

    private Answer commit(Manifest manifest) {
        Run run = runs.get(manifest.run());
        Manifest stored = run.checkpoints.get(manifest.step());
        if (stored != null) {
            return stored.sameStateAs(manifest)
                    ? new Answer(200, stored.encode())
                    : problem(409, "state-differs", "blobs differ");
        }
        if (manifest.writerEpoch() < run.epoch) {
            return problem(409, "fenced", "writer " + run.epoch + " holds the run");
        }
        if (forgetful) {
            forgetful = false;
            blobs.clear();
        }
        if (manifest.blobs().stream()
                .anyMatch(blob -> !blobs.containsKey(blob.sha256().hex()))) {
            return problem(409, "blobs-missing", "upload them again");
        }
        Long newest = run.checkpoints.isEmpty() ? null : run.checkpoints.lastKey();
        if (!java.util.Objects.equals(newest, manifest.parentStep())) {
            return problem(409, "parent-differs", "the newest is " + newest);
        }
        run.checkpoints.put(manifest.step(), manifest);
        return new Answer(201, new byte[0]);
    }

    private Answer checkpoint(String name, String step) {
        Run run = runs.get(name);
        if (run == null || run.checkpoints.isEmpty()) {
            return problem(404, "no-checkpoint", name);
        }
        Manifest manifest = run.checkpoints.get(step.equals("latest") ? run.checkpoints.lastKey() : Long.valueOf(step));
        return manifest == null ? problem(404, "no-checkpoint", step) : new Answer(200, manifest.encode());
    }

    private static Answer problem(int status, String code, String detail) {
        return new Answer(status, Json.write(Map.of("type", code, "title", code, "status", status, "detail", detail)));
    }
}
