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
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.contracts.WriterClaim;
import dev.vaestream.contracts.WriterGrant;
import dev.vaestream.learning.random.PrngKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long a checkpoint of the default model takes to be committed, over HTTP to a checkpoint service that runs: both
 * blobs, 5.9 MB that no store has seen before, and the manifest. Prints p50 and p99 of each part in milliseconds. For
 * {@code commit-latency.sh}.
 */
public final class CommitLatency {
    private static final int WARM_UP = 20;
    private static final int PARAMETERS = 491_920;
    private static final NumericFingerprint NUMERIC = new NumericFingerprint("none", "cpu", "none", "none", false, 1);
    private static final double NANOS_A_MILLI = 1e6;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String run;

    private CommitLatency(String base, String run) {
        this.base = base + "/v1/";
        this.run = run;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new CommitLatency(arguments[0], arguments[1]).measure(Integer.parseInt(arguments[2]));
    }

    private void measure(int commits) throws IOException, InterruptedException {
        WriterGrant grant = Json.read(
                send("POST", "runs/" + run + "/writers", Json.write(new WriterClaim("benchmark", identity(commits)))),
                WriterGrant.class);
        long[] blobs = new long[commits];
        long[] manifests = new long[commits];
        long[] wholes = new long[commits];
        Manifest parent = null;
        for (int step = 0; step < WARM_UP + commits; step++) {
            SortedMap<String, StoredArray> params = arrays(step, 1);
            SortedMap<String, StoredArray> optimizer = arrays(step, 2);
            byte[] first = Safetensors.write(params);
            byte[] second = Safetensors.write(optimizer);
            Manifest manifest = Manifest.of(
                    run,
                    parent,
                    grant.epoch(),
                    progress(step),
                    null,
                    List.of(Blob.of(Blob.PARAMS, first, params), Blob.of(Blob.OPTIMIZER, second, optimizer)),
                    NUMERIC,
                    Instant.now());
            long begun = System.nanoTime();
            send("PUT", "blobs/" + manifest.blob(Blob.PARAMS).sha256(), first);
            send("PUT", "blobs/" + manifest.blob(Blob.OPTIMIZER).sha256(), second);
            long sent = System.nanoTime();
            send("PUT", "runs/" + run + "/checkpoints/" + step, manifest.encode());
            long committed = System.nanoTime();
            if (step >= WARM_UP) {
                blobs[step - WARM_UP] = sent - begun;
                manifests[step - WARM_UP] = committed - sent;
                wholes[step - WARM_UP] = committed - begun;
            }
            parent = manifest;
        }
        System.out.printf("%-9s %8s %8s%n", "ms", "p50", "p99");
        print("blobs", blobs);
        print("manifest", manifests);
        print("commit", wholes);
    }

    private RunIdentity identity(int commits) {
        RunSpec spec = RunSpec.defaults("none", WARM_UP + commits);
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

    /** As many numbers as the model has parameters, {@code times} over. */
    private static SortedMap<String, StoredArray> arrays(int step, int times) {
        float[] values = PrngKey.of(step).foldIn(times).normal(PARAMETERS);
        SortedMap<String, StoredArray> arrays = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            arrays.put("array" + i, StoredArray.of(List.of((long) PARAMETERS), values));
        }
        return arrays;
    }

    private static Progress progress(int step) {
        return new Progress(
                step,
                step,
                new TreeMap<>(Map.of(0, (long) step)),
                new TreeMap<>(),
                Sha256.EMPTY,
                List.of(),
                List.of(0L, (long) step),
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

    private static void print(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-9s %8.1f %8.1f%n",
                what,
                nanos[nanos.length / 2] / NANOS_A_MILLI,
                nanos[Math.min(nanos.length - 1, nanos.length * 99 / 100)] / NANOS_A_MILLI);
    }
}
