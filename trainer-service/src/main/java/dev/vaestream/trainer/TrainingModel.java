package dev.vaestream.trainer;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Canary;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Snapshot;
import dev.vaestream.vae.EvaluationBatch;
import dev.vaestream.vae.StepResult;
import dev.vaestream.vae.StoredState;
import java.util.List;
import java.util.SortedMap;

/** A model with its optimizer, compiled for one batch size. One thread uses it, and another what looks at given parameters. */
interface TrainingModel extends AutoCloseable {
    /** SHA-256 of the training graph. */
    Sha256 graphDigest();

    /** What the numbers depend on beside the graph. */
    NumericFingerprint numeric();

    /** The state before the first step; a function of {@code key}. */
    StoredState init(PrngKey key);

    void restore(StoredState state);

    /** The state as it is now; whoever takes it closes it. */
    Snapshot<StoredState> snapshot();

    /**
     * Makes one optimizer step.
     *
     * @param images (B, pixels), one unsigned byte each
     * @param labels (B), one unsigned byte each
     * @param noise (B, latentDim), standard normal
     */
    StepResult step(ByteString images, ByteString labels, float[] noise);

    /**
     * An image that {@code params} make. Changes nothing here, and may be asked for beside all else.
     *
     * @throws IllegalStateException where this is closed
     */
    Canary canary(SortedMap<String, StoredArray> params);

    /**
     * The loss of {@code params} on {@code batches}, mean over these. Changes nothing here, and may be asked for beside
     * all else.
     *
     * @throws IllegalStateException where this is closed
     */
    Losses evaluate(SortedMap<String, StoredArray> params, List<EvaluationBatch> batches);

    @Override
    void close();
}
