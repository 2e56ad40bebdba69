package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A value on topic {@code metrics}. A trainer that starts again sends the same values again. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MetricsEvent.Window.class, name = "window"),
    @JsonSubTypes.Type(value = MetricsEvent.Epoch.class, name = "epoch"),
    @JsonSubTypes.Type(value = MetricsEvent.Evaluation.class, name = "evaluation")
})
public sealed interface MetricsEvent {
    String run();

    /** Steps that the run had made. */
    long step();

    int epoch();

    /**
     * Every {@code logEvery} steps of an epoch.
     *
     * @param index of the batch in its epoch, the tutorial's {@code step}
     * @param losses since the last window, over {@code logEvery}; as in the tutorial the first window of an epoch
     *     holds one batch more
     * @param learningRate of the last step
     * @param gradientNorm global norm of the last step's gradients
     * @param examplesPerSecond since the last window
     */
    record Window(
            String run,
            long step,
            int epoch,
            int index,
            Losses losses,
            double learningRate,
            double gradientNorm,
            double examplesPerSecond)
            implements MetricsEvent {}

    /**
     * At the end of an epoch, and of the run.
     *
     * @param batches of the epoch that the run has trained on
     * @param losses their mean
     */
    record Epoch(String run, long step, int epoch, long batches, Losses losses) implements MetricsEvent {}

    /**
     * When a checkpoint has been evaluated, which is beside the training: windows of later steps may come before it.
     *
     * @param step of the checkpoint
     * @param epoch that its last batch belongs to
     */
    record Evaluation(String run, long step, int epoch, EvaluationResult result) implements MetricsEvent {}
}
