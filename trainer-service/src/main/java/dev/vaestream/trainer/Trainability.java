package dev.vaestream.trainer;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StreamSpec;

/** Whether a run can be trained on its stream. */
final class Trainability {
    private Trainability() {}

    /** @throws RunFailedException saying what does not fit */
    static void check(RunSpec spec, StreamSpec stream) {
        ModelSpec model = spec.model();
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
}
