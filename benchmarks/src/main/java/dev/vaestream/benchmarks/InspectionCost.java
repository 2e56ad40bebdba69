package dev.vaestream.benchmarks;

import dev.vaestream.contracts.RunSpec;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.vae.CanaryMaker;
import dev.vaestream.vae.EvaluationBatch;
import dev.vaestream.vae.Evaluator;
import dev.vaestream.vae.StoredState;
import dev.vaestream.vae.TrainStep;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a checkpoint's inspection takes beside the training: the evaluation on 10,000 images, which a run may ask for, and
 * the canary, which each checkpoint has. Medians in milliseconds, with nothing else at work.
 */
public final class InspectionCost {
    private static final int IMAGES = 10_000;
    private static final int BATCH = 16;
    private static final int REPETITIONS = 21;
    private static final double NANOS_A_MILLI = 1e6;

    private InspectionCost() {}

    public static void main(String[] arguments) {
        RunSpec spec = RunSpec.defaults("mnist", 1);
        StoredState state;
        try (TrainStep step = TrainStep.compile(spec, BATCH)) {
            step.restore(step.init(PrngKey.of(spec.seed())));
            state = step.state();
        }
        List<EvaluationBatch> batches = new MemoryBatches(spec, BATCH).evaluation(IMAGES / BATCH);
        try (Evaluator evaluator = Evaluator.of(spec)) {
            print("evaluation", () -> evaluator.evaluate(state.params(), batches));
            print("canary", () -> CanaryMaker.make(spec.model(), state.params()));
        }
    }

    private static void print(String what, Runnable work) {
        long[] nanos = new long[REPETITIONS];
        for (int i = 0; i < REPETITIONS; i++) {
            long begun = System.nanoTime();
            work.run();
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        System.out.printf(Locale.ROOT, "%-10s %8.2f ms%n", what, nanos[REPETITIONS / 2] / NANOS_A_MILLI);
    }
}
