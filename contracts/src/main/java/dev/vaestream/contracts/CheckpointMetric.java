package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A number that a checkpoint has, and by which one is better than another. */
public enum CheckpointMetric {
    /** Mean over the epoch so far, as the next two. */
    @JsonProperty("loss")
    LOSS,
    @JsonProperty("mse")
    MSE,
    @JsonProperty("kl")
    KL,
    /** Over the whole evaluation stream, as the next two; only where the run names one. */
    @JsonProperty("evaluation.loss")
    EVALUATION_LOSS,
    @JsonProperty("evaluation.mse")
    EVALUATION_MSE,
    @JsonProperty("evaluation.kl")
    EVALUATION_KL;

    /** Whether only a run with an evaluation has it. */
    boolean ofEvaluation() {
        return this == EVALUATION_LOSS || this == EVALUATION_MSE || this == EVALUATION_KL;
    }
}
