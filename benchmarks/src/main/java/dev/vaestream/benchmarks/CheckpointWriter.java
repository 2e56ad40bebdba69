package dev.vaestream.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.LossSums;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.WriterClaim;
import dev.vaestream.contracts.WriterGrant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Commits checkpoints of a run of the default model to a checkpoint service, as a trainer does. */
final class CheckpointWriter {
    private static final NumericFingerprint NUMERIC = new NumericFingerprint("none", "cpu", "none", "none", false, 1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String run;
    private final long epoch;

    /** Becomes the writer of {@code run}, which ends at {@code steps}. */
    CheckpointWriter(String service, String run, long steps) throws IOException, InterruptedException {
        this.base = service + "/v1/";
        this.run = run;
        byte[] claim = Json.write(new WriterClaim("benchmark", identity(run, steps)));
        this.epoch = Json.read(send("POST", "runs/" + run + "/writers", claim), WriterGrant.class)
                .epoch();
    }

    Manifest manifest(Manifest parent, long step, List<Blob> blobs) {
        return Manifest.of(run, parent, epoch, progress(step), null, blobs, NUMERIC, Instant.now());
    }

    void put(Blob blob, byte[] content) throws IOException, InterruptedException {
        send("PUT", "blobs/" + blob.sha256(), content);
    }

    void commit(Manifest manifest) throws IOException, InterruptedException {
        send("PUT", "runs/" + run + "/checkpoints/" + manifest.step(), manifest.encode());
    }

    private static RunIdentity identity(String run, long steps) {
        RunSpec spec = RunSpec.defaults("none", steps);
        return new RunIdentity(
                run,
                spec,
                spec.digest(),
                new ImageShape(28, 28),
                16,
                "batches.none",
                "none",
                "none",
                Sha256.EMPTY,
                NUMERIC);
    }

    private static Progress progress(long step) {
        return new Progress(
                step,
                step,
                new TreeMap<>(Map.of(0, step)),
                new TreeMap<>(),
                Sha256.EMPTY,
                List.of(),
                List.of(0L, step),
                LossSums.ZERO,
                LossSums.ZERO);
    }

    private byte[] send(String method, String path, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", path.startsWith("blobs/") ? "application/octet-stream" : "application/json")
                .method(method, BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("%s %s answers %d: %s"
                    .formatted(method, path, answer.statusCode(), new String(answer.body(), UTF_8)));
        }
        return answer.body();
    }
}
