package dev.vaestream.ingest;

import dev.vaestream.contracts.EvaluationSpec;
import dev.vaestream.contracts.ForkedFrom;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.StreamSpec;
import java.util.Map;
import java.util.function.Function;

/** Whether a run fits its stream. */
final class RunAdmission {
    private RunAdmission() {}

    /** @throws RefusedException naming the field of the request that does not fit */
    static void check(RunSpec run, StreamSpec stream) {
        requireFit(run, stream);
        if (stream.dataset() != null) {
            long left = Math.max(0, stream.batches() - run.firstSequence());
            require(
                    run.steps() <= left,
                    "spec.steps",
                    "is %d; stream '%s' has %d batches from batch %d on, and grows by more epochs"
                            .formatted(run.steps(), stream.stream(), left, run.firstSequence()));
        }
    }

    /**
     * Whether a run can be a fork of {@code source}, as far as their specs say.
     *
     * @throws RefusedException naming the field of the request that does not fit
     */
    static void checkFork(RunSpec run, ForkedFrom fork, RunSpec source) {
        require(
                run.stream().equals(source.stream()),
                "spec.stream",
                "is '%s'; run '%s' has '%s', and a fork goes on in the same stream"
                        .formatted(run.stream(), fork.run(), source.stream()));
        require(
                run.firstSequence() == source.firstSequence(),
                "spec.firstSequence",
                "is %d; run '%s' has %d, and its fork begins where it began"
                        .formatted(run.firstSequence(), fork.run(), source.firstSequence()));
        require(
                fork.step() <= source.steps(),
                "spec.forkedFrom.step",
                "is %d; run '%s' has %d steps".formatted(fork.step(), fork.run(), source.steps()));
    }

    /**
     * Whether a run can be evaluated where its spec says so.
     *
     * @param streams a stream by its name
     * @throws RefusedException naming the field of the request that does not fit
     */
    static void checkEvaluation(RunSpec run, Function<String, StreamSpec> streams) {
        EvaluationSpec evaluation = run.evaluation();
        if (evaluation == null) {
            return;
        }
        StreamSpec stream = streams.apply(evaluation.stream());
        requireFit(run, stream);
        long batches = evaluation.batchesOf(stream);
        require(
                batches > 0,
                "spec.evaluation.batches",
                "is missing; stream '%s' has no dataset, so say how many of its batches are meant"
                        .formatted(stream.stream()));
        require(
                stream.dataset() == null || batches <= stream.batches(),
                "spec.evaluation.batches",
                "is %d; stream '%s' has %d batches, and grows by more epochs"
                        .formatted(batches, stream.stream(), stream.batches()));
    }

    private static void requireFit(RunSpec run, StreamSpec stream) {
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
    }

    private static void require(boolean holds, String field, String reason) {
        if (!holds) {
            throw new RefusedException(Refusal.INVALID_RUN, "Field " + field + ": " + reason, Map.of("field", field));
        }
    }
}
