package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides a run's weights beside its stream. Left out in JSON, a field has the tutorial's value.
 *
 * @param stream whose batches are trained on
 * @param firstSequence the first of them
 * @param steps how many of them, one optimizer call each
 * @param model sizes of the network
 * @param klWeight factor of the Kullback-Leibler term in the loss
 * @param seed of the key chain: first the parameters, then each step's noise; a fork has its key from its checkpoint
 * @param prng how keys are split
 * @param optimizer that turns gradients into updates
 * @param checkpoints when to save and what to keep
 * @param logEvery steps between two metrics messages
 * @param initializeFrom a checkpoint whose parameters the run begins with; without it all are drawn from the seed
 * @param forkedFrom a checkpoint whose whole state the run begins with, in place of what the seed gives; its steps are among
 *     {@code steps}
 * @param evaluation what its checkpoints are measured on; absent where only the training's losses are known
 * @param device that computes its steps; without it, a GPU where the first trainer has one
 */
public record RunSpec(
        String stream,
        long firstSequence,
        long steps,
        ModelSpec model,
        double klWeight,
        long seed,
        Prng prng,
        OptimizerSpec optimizer,
        CheckpointOptions checkpoints,
        int logEvery,
        @Nullable InitializeFrom initializeFrom,
        @Nullable ForkedFrom forkedFrom,
        @Nullable EvaluationSpec evaluation,
        @Nullable Device device) {

    public static final long DEFAULT_STEPS = 37_500;
    public static final long DEFAULT_SEED = 0xffff;

    private static final long MAX_SEED = 0xffffffffL;
    private static final double DEFAULT_KL_WEIGHT = 0.5;
    private static final int DEFAULT_LOG_EVERY = 100;

    public RunSpec {
        Checks.name("stream", stream);
        Checks.atLeast("firstSequence", 0, firstSequence);
        Checks.atLeast("steps", 1, steps);
        Checks.notNegative("klWeight", klWeight);
        Checks.between("seed", 0, MAX_SEED, seed);
        Checks.atLeast("logEvery", 1, logEvery);
        OptimizerFit fit = new OptimizerFit(model);
        fit.require("optimizer", optimizer);
        if (initializeFrom != null) {
            fit.requireMeant("initializeFrom.params", initializeFrom.params());
        }
        Checks.check(
                evaluation != null || !checkpoints.needsEvaluation(),
                "evaluation is absent; the best checkpoint in field checkpoints is by a metric that only an evaluation"
                        + " gives, so name one");
        if (forkedFrom != null) {
            Checks.check(
                    initializeFrom == null,
                    "forkedFrom is given beside initializeFrom; a fork has its parameters from one checkpoint, so leave"
                            + " one out");
            Checks.check(
                    steps > forkedFrom.step(),
                    "steps is %d; a run that is forked at step %d must have more",
                    steps,
                    forkedFrom.step());
        }
    }

    @JsonCreator
    static RunSpec of(
            @JsonProperty(value = "stream", required = true) String stream,
            @JsonProperty("firstSequence") @Nullable Long firstSequence,
            @JsonProperty("steps") @Nullable Long steps,
            @JsonProperty("model") @Nullable ModelSpec model,
            @JsonProperty("klWeight") @Nullable Double klWeight,
            @JsonProperty("seed") @Nullable Long seed,
            @JsonProperty("prng") @Nullable Prng prng,
            @JsonProperty("optimizer") @Nullable OptimizerSpec optimizer,
            @JsonProperty("checkpoints") @Nullable CheckpointOptions checkpoints,
            @JsonProperty("logEvery") @Nullable Integer logEvery,
            @JsonProperty("initializeFrom") @Nullable InitializeFrom initializeFrom,
            @JsonProperty("forkedFrom") @Nullable ForkedFrom forkedFrom,
            @JsonProperty("evaluation") @Nullable EvaluationSpec evaluation,
            @JsonProperty("device") @Nullable Device device) {
        return new RunSpec(
                stream,
                firstSequence == null ? 0 : firstSequence,
                steps == null ? DEFAULT_STEPS : steps,
                model == null ? ModelSpec.DEFAULT : model,
                klWeight == null ? DEFAULT_KL_WEIGHT : klWeight,
                seed == null ? DEFAULT_SEED : seed,
                prng == null ? Prng.LEGACY : prng,
                optimizer == null ? OptimizerSpec.DEFAULT : optimizer,
                checkpoints == null ? CheckpointOptions.DEFAULT : checkpoints,
                logEvery == null ? DEFAULT_LOG_EVERY : logEvery,
                initializeFrom,
                forkedFrom,
                evaluation,
                device);
    }

    /** The tutorial's run of {@code steps} steps on {@code stream}. */
    public static RunSpec defaults(String stream, long steps) {
        return of(stream, null, steps, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Part of the run's identity: two runs with this digest and the same stream end with the same weights. */
    public Sha256 digest() {
        return Json.digest(this);
    }
}
