package dev.vaestream.trainer;

import dev.vaestream.contracts.EvaluationSpec;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StreamSpec;

/** Whether a run can be trained on its stream. */
final class Trainability {
    private Trainability() {}

    /** @throws RunFailedException saying what does not fit */
    static void check(RunSpec spec, StreamSpec stream) {
        requireFit(spec.model(), stream);
        if (spec.firstSequence() > Long.MAX_VALUE - spec.steps()) {
            throw new RunFailedException("%d steps from batch %d on are more than a stream can have"
                    .formatted(spec.steps(), spec.firstSequence()));
        }
        long end = spec.firstSequence() + spec.steps();
        if (stream.dataset() != null && end > stream.batches()) {
            throw new RunFailedException("the run needs the batches %d to %d; stream '%s' has %d"
                    .formatted(spec.firstSequence(), end - 1, stream.stream(), stream.batches()));
        }
    }

    /**
     * The same for what a run is evaluated on.
     *
     * @param maxBytes that the batches may take in memory, with their noise
     * @throws RunFailedException saying what does not fit
     */
    static void checkEvaluation(RunSpec spec, EvaluationSpec evaluation, StreamSpec stream, long maxBytes) {
        requireFit(spec.model(), stream);
        long batches = evaluation.batchesOf(stream);
        if (batches == 0) {
            throw new RunFailedException(
                    "stream '%s' has no dataset, so the spec must say in evaluation.batches how many of its batches are meant"
                            .formatted(stream.stream()));
        }
        if (stream.dataset() != null && batches > stream.batches()) {
            throw new RunFailedException("the run is evaluated on %d batches; stream '%s' has %d"
                    .formatted(batches, stream.stream(), stream.batches()));
        }
        long imageBytes =
                stream.shape().pixels() + 1L + (long) Float.BYTES * spec.model().latentDim();
        if (batches > maxBytes / (stream.batchSize() * imageBytes)) {
            throw new RunFailedException(
                    "the %d batches of stream '%s' that the run is evaluated on take more than %d bytes; name fewer in evaluation.batches, or raise vaestream.trainer.evaluation-limit"
                            .formatted(batches, stream.stream(), maxBytes));
        }
    }

    private static void requireFit(ModelSpec model, StreamSpec stream) {
        if (model.pixels() != stream.shape().pixels()) {
            throw new RunFailedException("the model makes images of %d pixels; those of stream '%s' are %s, %d pixels"
                    .formatted(
                            model.pixels(),
                            stream.stream(),
                            stream.shape(),
                            stream.shape().pixels()));
        }
        if (model.classes() != stream.classes()) {
            throw new RunFailedException("the model has %d classes; stream '%s' has %d"
                    .formatted(model.classes(), stream.stream(), stream.classes()));
        }
    }
}
