package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CheckpointOptions;
import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.LossSums;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.WriterClaim;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs, manifests and blobs to test with. */
final class Examples {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final NumericFingerprint NUMERIC = new NumericFingerprint("2.18.0", "cpu", "amd64", "avx2", true, 1);

    private Examples() {}

    static RunIdentity identity(String run, int maxToKeep) {
        return identity(run, spec(maxToKeep), NUMERIC);
    }

    static RunIdentity identity(String run, RunSpec spec, NumericFingerprint numeric) {
        return new RunIdentity(
                run,
                spec,
                spec.digest(),
                new ImageShape(28, 28),
                16,
                "batches.mnist",
                "topic-1",
                "cluster-1",
                Sha256.of(bytes("graph")),
                numeric);
    }

    static RunSpec spec(int maxToKeep) {
        RunSpec defaults = RunSpec.defaults("mnist", 1_000);
        return new RunSpec(
                defaults.stream(),
                defaults.firstSequence(),
                defaults.steps(),
                defaults.model(),
                defaults.klWeight(),
                defaults.seed(),
                defaults.prng(),
                defaults.optimizer(),
                CheckpointOptions.of(100, maxToKeep),
                defaults.logEvery(),
                null,
                null,
                null,
                null);
    }

    static WriterClaim claim(String run, int maxToKeep) {
        return new WriterClaim("trainer-1", identity(run, maxToKeep));
    }

    /** The manifest of {@code step} of a deterministic run: its blobs are {@link #params} and {@link #optimizer}. */
    static Manifest manifest(String run, long step, @Nullable Manifest parent, long epoch) {
        return manifest(run, step, parent, epoch, params(run, step), optimizer(run, step));
    }

    static Manifest manifest(
            String run, long step, @Nullable Manifest parent, long epoch, byte[] params, byte[] optimizer) {
        List<Blob> blobs = List.of(Blob.of(Blob.PARAMS, params), Blob.of(Blob.OPTIMIZER, optimizer));
        return manifest(run, step, parent, epoch, new Losses(14.2, 11.0, 6.4), blobs);
    }

    static Manifest manifest(
            String run, long step, @Nullable Manifest parent, long epoch, @Nullable Losses losses, List<Blob> blobs) {
        Progress progress = new Progress(
                step,
                step,
                new TreeMap<>(),
                new TreeMap<>(),
                Sha256.of(bytes("input " + step)),
                List.of(),
                List.of(1L, step),
                LossSums.ZERO,
                LossSums.ZERO);
        return Manifest.of(run, parent, epoch, progress, losses, blobs, NUMERIC, NOW.plusSeconds(epoch));
    }

    static byte[] params(String run, long step) {
        return bytes("params of " + run + " at " + step);
    }

    static byte[] optimizer(String run, long step) {
        return bytes("optimizer of " + run + " at " + step);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
