package dev.vaestream.ingest;

import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StreamSpec;
import java.util.Map;

/** Whether a run fits its stream. */
final class RunAdmission {
    private RunAdmission() {}

    /** @throws RefusedException naming the field of the request that does not fit */
    static void check(RunSpec run, StreamSpec stream) {
        require(
                run.model().pixels() == stream.shape().pixels(),
                "spec.model.decoder",
                "its last layer makes %d pixels; the images of stream '%s' are %s and have %d"
                        .formatted(
                                run.model().pixels(),
                                stream.stream(),
                                stream.shape(),
                                stream.shape().pixels()));
        require(
                run.model().classes() == stream.classes(),
                "spec.model.classes",
                "is %d; stream '%s' has %d".formatted(run.model().classes(), stream.stream(), stream.classes()));
        if (stream.dataset() != null) {
            long left = Math.max(0, stream.batches() - run.firstSequence());
            require(
                    run.steps() <= left,
                    "spec.steps",
                    "is %d; stream '%s' has %d batches from batch %d on, and grows by more epochs"
                            .formatted(run.steps(), stream.stream(), left, run.firstSequence()));
        }
    }

    private static void require(boolean holds, String field, String reason) {
        if (!holds) {
            throw new RefusedException(Refusal.INVALID_RUN, "Field " + field + ": " + reason, Map.of("field", field));
        }
    }
}
