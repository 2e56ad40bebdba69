package dev.vaestream.sampler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vaestream.contracts.AliasMove;
import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.InvalidJsonException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.sampler.RejectedCheckpointException.Reason;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The checkpoint service. Every call throws {@link CheckpointServiceException} where it gives no usable answer. */
final class CheckpointClient {
    private static final int MAX_STATUS_BYTES = 8 << 20;
    private static final int MAX_MANIFEST_BYTES = 1 << 20;
    private static final int MAX_ALIAS_BYTES = 64 << 10;

    private final HttpCalls calls;
    private final URI service;

    CheckpointClient(HttpCalls calls, URI service) {
        this.calls = calls;
        this.service = service;
    }

    /** All runs; one that this version cannot read hides no other. */
    Runs runs() {
        JsonNode statuses = json("/v1/runs")
                .filter(JsonNode::isArray)
                .orElseThrow(() -> new CheckpointServiceException(service + " has no list of runs"));
        List<RunStatus> readable = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (JsonNode status : statuses) {
            try {
                readable.add(Json.read(Json.write(status), RunStatus.class));
            } catch (InvalidJsonException e) {
                unreadable.add("run %s: %s".formatted(status.at("/identity/run").asText("?"), e.getMessage()));
            }
        }
        return new Runs(readable, unreadable);
    }

    /** Nothing where there is no such run. */
    Optional<RunStatus> run(String run) {
        return get("/v1/runs/" + run, MAX_STATUS_BYTES).map(body -> read(body, RunStatus.class, "a run"));
    }

    /** @throws NoCheckpointException where there is no such run */
    RunStatus requireRun(String run) {
        return run(run).orElseThrow(() -> new NoCheckpointException("There is no run %s".formatted(run)));
    }

    /** Empty where it is no longer there, or is no manifest that this version can read. */
    Optional<Manifest> manifest(String run, long step) {
        return manifest(run, Long.toString(step));
    }

    /** The best one by the run's own metric; empty where there is none. */
    Optional<Manifest> best(String run) {
        return manifest(run, "best");
    }

    /** The run's checkpoints in short, the oldest first; none where there is no such run. */
    List<CheckpointSummary> summaries(String run) {
        return get("/v1/runs/%s/checkpoints".formatted(run), MAX_STATUS_BYTES)
                .map(body -> List.of(read(body, CheckpointSummary[].class, "a list of checkpoints")))
                .orElse(List.of());
    }

    /** Where an alias points; empty where there is no such alias. */
    Optional<AliasMove> alias(String run, String alias) {
        return get("/v1/runs/%s/aliases/%s".formatted(run, alias), MAX_ALIAS_BYTES)
                .map(body -> read(body, AliasMove.class, "an alias"));
    }

    /**
     * A blob's bytes, exactly as many and exactly those that the manifest names.
     *
     * @throws RejectedCheckpointException where the service has others, or none
     */
    byte[] blob(Blob blob) {
        byte[] bytes;
        try {
            bytes = calls.get(service.resolve("/v1/blobs/" + blob.sha256()), blob.bytes())
                    .orElseThrow(() -> new RejectedCheckpointException(
                            Reason.BLOB, "blob %s (%s) is missing".formatted(blob.name(), blob.sha256())));
        } catch (BodyTooLongException e) {
            throw new RejectedCheckpointException(
                    Reason.BLOB, "blob %s has more than its %d bytes".formatted(blob.name(), blob.bytes()), e);
        } catch (CheckpointServiceException e) {
            if (e.isAboutStorage()) {
                throw new RejectedCheckpointException(
                        Reason.BLOB, "blob %s (%s) is damaged in storage".formatted(blob.name(), blob.sha256()), e);
            }
            throw e;
        }
        Blob actual = Blob.of(blob.name(), bytes);
        if (!actual.sameBytesAs(blob)) {
            throw new RejectedCheckpointException(
                    Reason.BLOB,
                    "blob %s has %d bytes with SHA-256 %s; the manifest says %d with %s"
                            .formatted(blob.name(), actual.bytes(), actual.sha256(), blob.bytes(), blob.sha256()));
        }
        return bytes;
    }

    /**
     * Has the service do something, and gives back what it says of it.
     *
     * @param path below the run's
     */
    ServiceAnswer order(String method, String run, String path, byte[] body) {
        URI uri = service.resolve("/v1/runs/%s/%s".formatted(run, path));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<byte[]> response;
        try {
            response = calls.send(request, MAX_STATUS_BYTES);
        } catch (BodyTooLongException e) {
            throw new CheckpointServiceException("%s %s: %s".formatted(method, uri, e.getMessage()), e);
        }
        ServiceAnswer answer = new ServiceAnswer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse("application/json"),
                new String(response.body(), StandardCharsets.UTF_8));
        if (answer.isFailure()) {
            throw new CheckpointServiceException(
                    "%s %s answered %d".formatted(method, uri, answer.status()), answer.status());
        }
        return answer;
    }

    private Optional<Manifest> manifest(String run, String name) {
        return get("/v1/runs/%s/checkpoints/%s".formatted(run, name), MAX_MANIFEST_BYTES)
                .flatMap(CheckpointClient::decoded);
    }

    private static Optional<Manifest> decoded(byte[] manifest) {
        try {
            return Optional.of(Manifest.decode(manifest));
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    private Optional<JsonNode> json(String path) {
        return get(path, MAX_STATUS_BYTES).map(body -> read(body, JsonNode.class, "JSON"));
    }

    private <T> T read(byte[] body, Class<T> type, String what) {
        try {
            return Json.read(body, type);
        } catch (InvalidJsonException e) {
            throw new CheckpointServiceException(
                    "%s answered what is not %s: %s".formatted(service, what, e.getMessage()), e);
        }
    }

    private Optional<byte[]> get(String path, int limit) {
        try {
            return calls.get(service.resolve(path), limit);
        } catch (BodyTooLongException e) {
            throw new CheckpointServiceException("GET %s: %s".formatted(service.resolve(path), e.getMessage()), e);
        }
    }
}
