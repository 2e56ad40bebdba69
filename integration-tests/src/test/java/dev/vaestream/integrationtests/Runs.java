package dev.vaestream.integrationtests;

import dev.vaestream.contracts.CheckpointOptions;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.OptimizerSpec;
import dev.vaestream.contracts.Prng;
import dev.vaestream.contracts.RunSpec;
import java.util.List;

/** Specs of runs that are short and save often. */
final class Runs {
    /** A checkpoint of it has 0.9 MB. */
    private static final ModelSpec SMALL = new ModelSpec(8, List.of(48), List.of(48, 784), 10);

    private Runs() {}

    /** A small model's run, which keeps its two newest checkpoints. */
    static RunSpec small(String stream, long steps, long saveIntervalSteps) {
        return small(stream, steps, saveIntervalSteps, RunSpec.DEFAULT_SEED);
    }

    static RunSpec small(String stream, long steps, long saveIntervalSteps, long seed) {
        return new RunSpec(
                stream,
                0,
                steps,
                SMALL,
                0.5,
                seed,
                Prng.LEGACY,
                OptimizerSpec.DEFAULT,
                CheckpointOptions.of(saveIntervalSteps, 2),
                100,
                null,
                null,
                null,
                null);
    }
}
