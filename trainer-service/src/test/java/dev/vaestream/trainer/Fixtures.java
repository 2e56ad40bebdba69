package dev.vaestream.trainer;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.CheckpointOptions;
import dev.vaestream.contracts.EvaluationSpec;
import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.contracts.OptimizerSpec;
import dev.vaestream.contracts.Prng;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.SaveDecisionPolicy;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StreamSpec;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Small streams, runs and batches: 4x4 images in batches of 8, three classes. */
final class Fixtures {
    static final ImageShape SHAPE = new ImageShape(4, 4);
    static final int CLASSES = 3;
    static final int BATCH_SIZE = 8;
    static final int EPOCH_BATCHES = 25;
    static final ModelSpec MODEL = new ModelSpec(2, List.of(8), List.of(8, 16), CLASSES);
    static final NumericFingerprint NUMERIC = new NumericFingerprint("2.18.0", "cpu", "amd64", "avx2", false, 1);

    private static final int PIXELS = 16;

    private Fixtures() {}

    /** A stream that was made of a dataset, with 25 batches an epoch. */
    static StreamSpec stream(int epochs, int partitions) {
        return new StreamSpec(
                "tiny",
                "tiny",
                Sha256.EMPTY,
                EPOCH_BATCHES * BATCH_SIZE,
                SHAPE,
                CLASSES,
                BATCH_SIZE,
                epochs,
                true,
                7,
                partitions);
    }

    static RunSpec spec(long steps, long saveInterval, int logEvery) {
        return spec(steps, saveInterval, logEvery, null);
    }

    static RunSpec spec(long steps, long saveInterval, int logEvery, @Nullable EvaluationSpec evaluation) {
        return spec(steps, CheckpointOptions.of(saveInterval, 4), logEvery, evaluation);
    }

    static RunSpec spec(long steps, SaveDecisionPolicy policy) {
        CheckpointOptions options = new CheckpointOptions(null, null, 4, null, null, null, null, null, policy, null);
        return spec(steps, options, 10, null);
    }

    private static RunSpec spec(
            long steps, CheckpointOptions checkpoints, int logEvery, @Nullable EvaluationSpec evaluation) {
        return new RunSpec(
                "tiny",
                0,
                steps,
                MODEL,
                0.5,
                RunSpec.DEFAULT_SEED,
                Prng.LEGACY,
                OptimizerSpec.DEFAULT,
                checkpoints,
                logEvery,
                null,
                null,
                evaluation,
                null);
    }

    static Batch batch(long sequence) {
        return batch(sequence, BATCH_SIZE);
    }

    static Batch batch(long sequence, int size) {
        Random random = new Random(sequence);
        byte[] images = new byte[size * PIXELS];
        random.nextBytes(images);
        byte[] labels = new byte[size];
        for (int i = 0; i < size; i++) {
            labels[i] = (byte) random.nextInt(CLASSES);
        }
        return new Batch(
                sequence,
                (int) (sequence / EPOCH_BATCHES),
                (int) (sequence % EPOCH_BATCHES),
                EPOCH_BATCHES,
                SHAPE,
                CLASSES,
                ByteString.copyFrom(images),
                ByteString.copyFrom(labels));
    }
}
