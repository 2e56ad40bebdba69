package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Batches that a run is measured on and never trained on. Their noise is the same at every evaluation: it is drawn as by
 * the steps of a run with {@code seed} on these batches. A checkpoint has an evaluation where {@code everySteps} divides
 * its step, and the last has one.
 *
 * @param stream whose batches they are, from the first on
 * @param everySteps steps between two evaluations
 * @param seed of the noise
 * @param batches how many of the stream's batches; absent for each image of the stream's dataset once
 */
public record EvaluationSpec(
        String stream, long everySteps, long seed, @Nullable Long batches) {
    private static final long DEFAULT_EVERY_STEPS = 500;
    private static final long DEFAULT_SEED = 0;

    public EvaluationSpec {
        Checks.name("stream", stream);
        Checks.atLeast("everySteps", 1, everySteps);
        Checks.between("seed", 0, 0xffffffffL, seed);
        if (batches != null) {
            Checks.atLeast("batches", 1, batches);
        }
    }

    @JsonCreator
    static EvaluationSpec of(
            @JsonProperty(value = "stream", required = true) String stream,
            @JsonProperty("everySteps") @Nullable Long everySteps,
            @JsonProperty("seed") @Nullable Long seed,
            @JsonProperty("batches") @Nullable Long batches) {
        return new EvaluationSpec(
                stream,
                everySteps == null ? DEFAULT_EVERY_STEPS : everySteps,
                seed == null ? DEFAULT_SEED : seed,
                batches);
    }

    /** Whether the checkpoint at {@code step} of a run of {@code steps} has an evaluation. */
    public boolean isDue(long step, long steps) {
        return step == steps || step % everySteps == 0;
    }

    /** How many batches of {@code source} are meant; 0 where neither it nor the stream says. */
    public long batchesOf(StreamSpec source) {
        return batches == null ? source.epochBatches() : batches;
    }
}
