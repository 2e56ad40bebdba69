package dev.vaestream.benchmarks;

import dev.vaestream.contracts.RunSpec;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.vae.TrainStep;
import java.util.Locale;

/**
 * Milliseconds a step of the default run where every batch lies in memory and its noise is drawn already: the mean of
 * as many steps as its argument says, after a third as many for the compilers of Java.
 */
public final class MemoryFed {
    private static final int BATCH = 16;
    private static final double NANOS_A_MILLI = 1e6;

    private MemoryFed() {}

    public static void main(String[] arguments) {
        int steps = Integer.parseInt(arguments[0]);
        RunSpec spec = RunSpec.defaults("mnist", 1);
        MemoryBatches batches = new MemoryBatches(spec, BATCH);
        try (TrainStep step = TrainStep.compile(spec, BATCH)) {
            step.restore(step.init(PrngKey.of(spec.seed())));
            batches.nanos(step, steps / 3);
            System.out.printf(Locale.ROOT, "%.4f%n", batches.nanos(step, steps) / NANOS_A_MILLI / steps);
        }
    }
}
