package dev.vaestream.local;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CheckpointSummary;
import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.LossSums;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs and checkpoints as the services would have them. */
final class Examples {
    static final NumericFingerprint NUMERIC = new NumericFingerprint("2.18.0", "cpu", "amd64", "avx2", false, 1);

    private Examples() {}

    static RunIdentity identity(String run, RunSpec spec) {
        return identity(run, spec, "topic");
    }

    static RunIdentity identity(String run, RunSpec spec, String topicId) {
        return new RunIdentity(
                run,
                spec,
                spec.digest(),
                new ImageShape(28, 28),
                16,
                "batches." + spec.stream(),
                topicId,
                "cluster",
                Sha256.EMPTY,
                NUMERIC);
    }

    /** A file with one array of parameters. */
    static byte[] file(float... values) {
        SortedMap<String, StoredArray> arrays = new TreeMap<>();
        arrays.put("params.decoder.Dense_0.bias", StoredArray.of(List.of((long) values.length), values));
        return Safetensors.write(arrays);
    }

    /** A checkpoint whose blobs are these files. */
    static Manifest manifest(String run, long step, @Nullable Manifest parent, byte[] params, byte[] optimizer) {
        return manifest(run, progress(step), parent, params, optimizer);
    }

    static Manifest manifest(
            String run, Progress progress, @Nullable Manifest parent, byte[] params, byte[] optimizer) {
        return Manifest.of(
                run,
                parent,
                1,
                progress,
                new Losses(24.5, 23, 3),
                List.of(Blob.of(Blob.PARAMS, params), Blob.of(Blob.OPTIMIZER, optimizer)),
                NUMERIC,
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    static Progress progress(long step) {
        return new Progress(
                step,
                step,
                new TreeMap<>(Map.of(0, step)),
                new TreeMap<>(),
                Sha256.of(new byte[] {(byte) step}),
                List.of(),
                List.of(1L, 2L),
                LossSums.ZERO,
                LossSums.ZERO);
    }

    /** A checkpoint as it is listed. */
    static CheckpointSummary summary(long step, @Nullable Long parent) {
        return new CheckpointSummary(
                step, digest(step), parent, Instant.EPOCH, Map.of(), List.of(), false, false, false);
    }

    static Sha256 digest(long step) {
        return Sha256.of(Long.toString(step).getBytes(StandardCharsets.UTF_8));
    }
}
