package dev.vaestream.sampler;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CheckpointOptions;
import dev.vaestream.contracts.ForkedFrom;
import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.LossSums;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.MetricsEvent;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.contracts.OptimizerSpec;
import dev.vaestream.contracts.Prng;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.contracts.StreamSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values that the tests share. The tiny model makes 2x3 images of three classes. */
final class Fixtures {
    static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    static final ModelSpec TINY = new ModelSpec(2, List.of(4), List.of(6), 3);
    static final ImageShape TINY_SHAPE = new ImageShape(2, 3);

    private static final NumericFingerprint NUMERIC = new NumericFingerprint("2.18.0", "cpu", "amd64", "avx2", true, 1);

    private Fixtures() {}

    static RunIdentity tinyRun(String run) {
        return identity(run, TINY, TINY_SHAPE);
    }

    /** The run of the golden checkpoint, which JAX trained. */
    static RunIdentity goldenRun(String run) {
        return identity(run, ModelSpec.DEFAULT, new ImageShape(28, 28));
    }

    /** Goes on from run {@code a}'s beginning. */
    static RunIdentity forked(String run) {
        return identity(run, TINY, TINY_SHAPE, new ForkedFrom("a", 0));
    }

    static RunIdentity identity(String run, ModelSpec model, ImageShape shape) {
        return identity(run, model, shape, null);
    }

    private static RunIdentity identity(String run, ModelSpec model, ImageShape shape, @Nullable ForkedFrom fork) {
        RunSpec spec = new RunSpec(
                "mnist",
                0,
                37_500,
                model,
                0.5,
                0xffff,
                Prng.LEGACY,
                OptimizerSpec.DEFAULT,
                CheckpointOptions.DEFAULT,
                100,
                null,
                fork,
                null,
                null);
        return new RunIdentity(
                run, spec, spec.digest(), shape, 16, "batches.mnist", "topic-id", "cluster-id", Sha256.EMPTY, NUMERIC);
    }

    /** Committed {@code step} seconds after noon. */
    static Manifest manifest(String run, long step, byte[] params) {
        return manifest(run, step, params, NOON.plus(Duration.ofSeconds(step)));
    }

    static Manifest manifest(String run, long step, byte[] params, Instant createdAt) {
        Progress progress = new Progress(
                step,
                step,
                new TreeMap<>(),
                new TreeMap<>(),
                Sha256.EMPTY,
                List.of(),
                List.of(0L, 1L),
                LossSums.ZERO,
                LossSums.ZERO);
        return Manifest.of(
                run,
                null,
                1,
                progress,
                new Losses(20.5, 17.25, 6.5),
                List.of(Blob.of(Blob.PARAMS, params)),
                NUMERIC,
                createdAt);
    }

    static Checkpoint tinyCheckpoint(String run, long step) {
        return new Checkpoint(tinyRun(run), manifest(run, step, tinyParams((float) step)));
    }

    /** Parameters that {@link FakeDecoder} takes; {@code brightness} is what its images show. */
    static byte[] tinyParams(float brightness) {
        return Safetensors.write(
                new TreeMap<>(Map.of("params.brightness", StoredArray.of(List.of(), new float[] {brightness}))));
    }

    static byte[] goldenParams() {
        return resource("/vae32_seed0xffff_step2000.safetensors");
    }

    /** The golden parameters but for the bias of every image's first pixel, so that other images come out. */
    static byte[] goldenParams(float bias) {
        SortedMap<String, StoredArray> params = Safetensors.read(goldenParams());
        float[] biases = params.get("params.decoder.Dense_2.bias").floats();
        biases[0] = bias;
        params.put("params.decoder.Dense_2.bias", StoredArray.of(List.of((long) biases.length), biases));
        return Safetensors.write(params);
    }

    /** Latents {@code z}, classes {@code label} and the {@code image}s that JAX decodes from them. */
    static SortedMap<String, StoredArray> goldenImages() {
        return Safetensors.read(resource("/decode_step2000.safetensors"));
    }

    /** The tutorial's stream. */
    static StreamSpec mnist() {
        return new StreamSpec(
                "mnist", "mnist", Sha256.EMPTY, 60_000, new ImageShape(28, 28), 10, 16, 10, true, 0xffff, 1);
    }

    static MetricsEvent.Window window(String run, long step) {
        return new MetricsEvent.Window(run, step, 0, (int) step, new Losses(20.5, 17.25, 6.5), 1e-4, 3, 16_000);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
