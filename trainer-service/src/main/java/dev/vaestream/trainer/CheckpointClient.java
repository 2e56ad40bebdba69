package dev.vaestream.trainer;

import dev.vaestream.contracts.ApiKey;
import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.WriterClaim;
import dev.vaestream.contracts.WriterGrant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint service's HTTP API. Every method throws {@link UnavailableException} where the service cannot be
 * reached, refuses for a reason of its own or answers bytes that do not hold, and {@link RunFailedException} where it
 * would refuse the same request for ever. Thread-safe.
 */
final class CheckpointClient {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_LARGE = 413;
    private static final Set<Integer> FOR_EVER = Set.of(BAD_REQUEST, TOO_LARGE);
    private static final String NO_CHECKPOINT = "no-checkpoint";
    private static final Set<String> LOST = Set.of("no-blob", "blob-corrupt");
    private static final Set<String> NOT_THE_WRITER = Set.of("fenced", "unknown-writer", "parent-differs");

    private final HttpClient http;
    private final String base;
    private final Duration timeout;
    private final Optional<ApiKey> key;

    /** Of a service that asks for no key. */
    CheckpointClient(HttpClient http, URI base, Duration timeout) {
        this(http, base, timeout, Optional.empty());
    }

    /**
     * @param timeout of each request, with its answer
     * @param key that the service is shown
     */
    CheckpointClient(HttpClient http, URI base, Duration timeout, Optional<ApiKey> key) {
        this.http = http;
        this.base = base.toString().replaceAll("/+$", "") + "/v1/";
        this.timeout = timeout;
        this.key = key;
    }

    /** What storage has of a run; nothing where it does not know it. */
    Optional<RunStatus> run(String run) {
        return find("runs/" + run, "no-run", body -> Json.read(body, RunStatus.class));
    }

    /** The newest checkpoint of a run. */
    Optional<Manifest> latest(String run) {
        return find("runs/" + run + "/checkpoints/latest", NO_CHECKPOINT, Manifest::decode);
    }

    /** All checkpoints of a run, those that are being deleted among them; none where storage does not know the run. */
    List<CheckpointSummary> checkpoints(String run) {
        return find(
                        "runs/" + run + "/checkpoints",
                        "no-run",
                        body -> List.of(Json.read(body, CheckpointSummary[].class)))
                .orElse(List.of());
    }

    /** A checkpoint by its step. */
    Optional<Manifest> checkpoint(String run, long step) {
        return find("runs/" + run + "/checkpoints/" + step, NO_CHECKPOINT, Manifest::decode);
    }

    /** @throws RunFailedException where the run was begun with another identity */
    WriterGrant claim(String run, WriterClaim claim) {
        HttpResponse<byte[]> answer = send("POST", "runs/" + run + "/writers", "application/json", Json.write(claim));
        if (answer.statusCode() == CREATED || answer.statusCode() == OK) {
            return parse(answer, body -> Json.read(body, WriterGrant.class));
        }
        Problem problem = Problem.read(answer.statusCode(), answer.body());
        if (answer.statusCode() == CONFLICT && problem.type().equals("run-differs")) {
            throw new RunFailedException("run '" + run + "' was begun differently: " + problem.detail());
        }
        throw refused(answer, problem);
    }

    /**
     * The bytes of a blob, checked against its digest.
     *
     * @throws LostBlobException where storage does not have them any more
     */
    byte[] blob(Blob blob) {
        HttpResponse<byte[]> answer = send("GET", "blobs/" + blob.sha256(), null, null);
        if (answer.statusCode() != OK) {
            Problem problem = Problem.read(answer.statusCode(), answer.body());
            throw LOST.contains(problem.type())
                    ? new LostBlobException("%s: %s".formatted(blob.name(), problem.detail()))
                    : refused(answer, problem);
        }
        Sha256 digest = Sha256.of(answer.body());
        if (!digest.equals(blob.sha256())) {
            throw new UnavailableException("blob %s came as %d bytes with digest %s, not %s"
                    .formatted(blob.name(), answer.body().length, digest, blob.sha256()));
        }
        return answer.body();
    }

    /** Stores a blob under its digest; the same blob again does nothing. */
    void putBlob(Sha256 digest, byte[] content) {
        HttpResponse<byte[]> answer = send("PUT", "blobs/" + digest, "application/octet-stream", content);
        if (answer.statusCode() != CREATED && answer.statusCode() != OK) {
            throw refused(answer, Problem.read(answer.statusCode(), answer.body()));
        }
    }

    /**
     * Commits a checkpoint whose blobs are stored. The same state again, whoever committed it, does nothing.
     *
     * @return the manifest in storage
     * @throws FencedException where another writer has the run, or has committed to it
     * @throws RunFailedException where another state is committed for the step
     */
    Manifest commit(Manifest manifest) {
        String path = "runs/" + manifest.run() + "/checkpoints/" + manifest.step();
        HttpResponse<byte[]> answer = send("PUT", path, "application/json", manifest.encode());
        if (answer.statusCode() == CREATED) {
            return manifest;
        }
        if (answer.statusCode() == OK) {
            return find(path, NO_CHECKPOINT, Manifest::decode).orElse(manifest);
        }
        Problem problem = Problem.read(answer.statusCode(), answer.body());
        if (answer.statusCode() == CONFLICT && NOT_THE_WRITER.contains(problem.type())) {
            throw new FencedException("another trainer writes run '" + manifest.run() + "': " + problem.detail());
        }
        if (answer.statusCode() == CONFLICT && problem.type().equals("state-differs")) {
            throw new RunFailedException(
                    manifest.step(),
                    "determinism is broken: checkpoint %s/%d is stored with another state; %s"
                            .formatted(manifest.run(), manifest.step(), problem.detail()));
        }
        throw refused(answer, problem);
    }

    /** @param absent the code of the answer that there is none; any other 404 comes from somebody else */
    private <T> Optional<T> find(String path, String absent, Function<byte[], T> reader) {
        HttpResponse<byte[]> answer = send("GET", path, null, null);
        if (answer.statusCode() == OK) {
            return Optional.of(parse(answer, reader));
        }
        Problem problem = Problem.read(answer.statusCode(), answer.body());
        if (answer.statusCode() == NOT_FOUND && problem.type().equals(absent)) {
            return Optional.empty();
        }
        throw refused(answer, problem);
    }

    private HttpResponse<byte[]> send(String method, String path, @Nullable String type, byte @Nullable [] body) {
        BodyPublisher content = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout).method(method, content);
        if (type != null) {
            request.header("Content-Type", type);
        }
        key.ifPresent(own -> request.header("Authorization", own.authorization()));
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UnavailableException(
                    "the checkpoint service at %s does not answer: %s".formatted(base, describe(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("a request to the checkpoint service was interrupted", e);
        }
    }

    private static <T> T parse(HttpResponse<byte[]> answer, Function<byte[], T> reader) {
        try {
            return reader.apply(answer.body());
        } catch (InvalidJsonException e) {
            throw new UnavailableException(
                    "the answer to %s does not hold: %s".formatted(answer.uri(), e.getMessage()), e);
        }
    }

    private static RuntimeException refused(HttpResponse<byte[]> answer, Problem problem) {
        String message = "the checkpoint service answers %s %s with %d %s: %s"
                .formatted(
                        answer.request().method(),
                        answer.uri().getPath(),
                        answer.statusCode(),
                        problem.type(),
                        problem.detail());
        return FOR_EVER.contains(answer.statusCode())
                ? new RunFailedException(message)
                : new UnavailableException(message);
    }

    private static String describe(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
