package dev.vaestream.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint: it exists exactly when this exists in storage, and never changes.
 *
 * @param format {@link #FORMAT}
 * @param parentStep the checkpoint before it; absent for a run's first
 * @param parentDigest that checkpoint's manifest digest; absent with it
 * @param writerEpoch of the trainer that wrote it
 * @param losses mean over the epoch so far; absent where it has none yet
 * @param evaluation over the run's evaluation stream; absent where none is due at this step
 * @param canary an image that the parameters make; absent where nobody has made it
 * @param blobs in the order of their names
 * @param digest SHA-256 of this manifest's JSON without this field
 */
public record Manifest(
        String format,
        String run,
        @Nullable Long parentStep,
        @Nullable Sha256 parentDigest,
        long writerEpoch,
        Progress progress,
        @Nullable Losses losses,
        @Nullable EvaluationResult evaluation,
        @Nullable Canary canary,
        List<Blob> blobs,
        NumericFingerprint numeric,
        Instant createdAt,
        Sha256 digest) {

    public static final String FORMAT = "vaestream/checkpoint/1";

    public Manifest {
        Checks.check(format.equals(FORMAT), "format is '%s'; this version reads '%s'", format, FORMAT);
        Checks.name("run", run);
        Checks.atLeast("writerEpoch", 1, writerEpoch);
        Checks.check(
                (parentStep == null) == (parentDigest == null), "parentStep and parentDigest come together or not");
        if (parentStep != null) {
            Checks.check(
                    parentStep < progress.step(),
                    "parentStep is %d; it must be before step %d",
                    parentStep,
                    progress.step());
        }
        blobs = blobs.stream().sorted(Comparator.comparing(Blob::name)).toList();
        Checks.check(blobs.stream().map(Blob::name).distinct().count() == blobs.size(), "two blobs have the same name");
    }

    /** Makes a manifest and its digest. */
    public static Manifest of(
            String run,
            @Nullable Manifest parent,
            long writerEpoch,
            Progress progress,
            @Nullable Losses losses,
            List<Blob> blobs,
            NumericFingerprint numeric,
            Instant createdAt) {
        Manifest unsigned = new Manifest(
                FORMAT,
                run,
                parent == null ? null : parent.step(),
                parent == null ? null : parent.digest(),
                writerEpoch,
                progress,
                losses,
                null,
                null,
                blobs,
                numeric,
                createdAt,
                Sha256.EMPTY);
        return unsigned.signed();
    }

    /** The same with what was found out about its parameters. */
    public Manifest with(Canary made, @Nullable EvaluationResult measured) {
        return new Manifest(
                        format,
                        run,
                        parentStep,
                        parentDigest,
                        writerEpoch,
                        progress,
                        losses,
                        measured,
                        made,
                        blobs,
                        numeric,
                        createdAt,
                        Sha256.EMPTY)
                .signed();
    }

    /** @throws InvalidJsonException where the bytes are no manifest or were changed since it was made */
    public static Manifest decode(byte[] bytes) {
        Manifest manifest = Json.read(bytes, Manifest.class);
        Sha256 computed = manifest.computeDigest();
        if (!computed.equals(manifest.digest)) {
            throw new InvalidJsonException("digest", "is " + manifest.digest + "; the manifest's is " + computed);
        }
        return manifest;
    }

    public byte[] encode() {
        return Json.write(this);
    }

    public long step() {
        return progress.step();
    }

    /** @throws IllegalArgumentException where it names no such blob */
    public Blob blob(String name) {
        return blobs.stream()
                .filter(blob -> blob.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("checkpoint %s/%d has no blob %s".formatted(run, step(), name)));
    }

    /** What retention and {@code best} look at; Orbax's {@code metrics(step)} among it. */
    public CheckpointInfo info() {
        Map<CheckpointMetric, Double> metrics = new EnumMap<>(CheckpointMetric.class);
        if (losses != null) {
            metrics.put(CheckpointMetric.LOSS, losses.loss());
            metrics.put(CheckpointMetric.MSE, losses.mse());
            metrics.put(CheckpointMetric.KL, losses.kl());
        }
        if (evaluation != null) {
            metrics.put(CheckpointMetric.EVALUATION_LOSS, evaluation.losses().loss());
            metrics.put(CheckpointMetric.EVALUATION_MSE, evaluation.losses().mse());
            metrics.put(CheckpointMetric.EVALUATION_KL, evaluation.losses().kl());
        }
        return new CheckpointInfo(step(), createdAt, metrics);
    }

    /** Whether both hold the same state of the same run, whoever wrote them and when. */
    public boolean sameStateAs(Manifest other) {
        return run.equals(other.run) && progress.equals(other.progress) && sameBlobsAs(other);
    }

    private boolean sameBlobsAs(Manifest other) {
        return blobs.size() == other.blobs.size()
                && IntStream.range(0, blobs.size()).allMatch(i -> blobs.get(i).sameBytesAs(other.blobs.get(i)));
    }

    private Manifest signed() {
        return new Manifest(
                format,
                run,
                parentStep,
                parentDigest,
                writerEpoch,
                progress,
                losses,
                evaluation,
                canary,
                blobs,
                numeric,
                createdAt,
                computeDigest());
    }

    private Sha256 computeDigest() {
        ObjectNode tree = Json.mapper().valueToTree(this);
        tree.remove("digest");
        return Json.digest(tree);
    }
}
