package dev.vaestream.benchmarks;

import dev.vaestream.contracts.RunSpec;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.vae.TrainStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Milliseconds a training step at each batch size of its arguments, batches in memory: what {@code jax_step.py} prints. */
public final class StepTimes {
    private static final int REPEATS = 3;
    private static final int IMAGES = 76_800;
    private static final int LEAST_STEPS = 50;
    private static final int MOST_STEPS = 3_000;
    private static final double NANOS_A_MILLI = 1e6;

    private StepTimes() {}

    public static void main(String[] arguments) {
        for (String argument : arguments) {
            int batchSize = Integer.parseInt(argument);
            time(batchSize, Math.max(LEAST_STEPS, Math.min(MOST_STEPS, IMAGES / batchSize)));
        }
    }

    private static void time(int batchSize, int steps) {
        RunSpec spec = RunSpec.defaults("mnist", 1);
        MemoryBatches batches = new MemoryBatches(spec, batchSize);
        try (TrainStep step = TrainStep.compile(spec, batchSize)) {
            step.restore(step.init(PrngKey.of(spec.seed())));
            List<Double> times = new ArrayList<>();
            for (int repeat = 0; repeat <= REPEATS; repeat++) {
                times.add(batches.nanos(step, steps) / NANOS_A_MILLI / steps);
            }
            // The first goes to the compilers of Java.
            System.out.printf(Locale.ROOT, "%d %.3f%n", batchSize, Collections.min(times.subList(1, times.size())));
        }
    }
}
