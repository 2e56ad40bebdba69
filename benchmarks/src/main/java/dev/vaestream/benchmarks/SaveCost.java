package dev.vaestream.benchmarks;

import dev.vaestream.contracts.RunSpec;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Snapshot;
import dev.vaestream.vae.StoredState;
import dev.vaestream.vae.TrainStep;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * What a save costs the training thread: the snapshot itself, and what the step after it takes longer because the
 * variables get new memory. The values are copied on another thread meanwhile, as in the trainer. A line for each batch
 * size, of medians in milliseconds.
 */
public final class SaveCost {
    private static final int[] BATCHES = {16, 128, 1024};
    private static final int SAVES = 200;
    private static final int STEPS_BETWEEN = 20;
    private static final double NANOS_A_MILLI = 1e6;

    private SaveCost() {}

    public static void main(String[] arguments) {
        System.out.printf("%-6s %8s %9s %11s %6s%n", "batch", "step", "snapshot", "step after", "cost");
        for (int batch : BATCHES) {
            measure(batch);
        }
    }

    private static void measure(int batch) {
        RunSpec spec = RunSpec.defaults("mnist", 1);
        MemoryBatches batches = new MemoryBatches(spec, batch);
        long[] steps = new long[SAVES];
        long[] snapshots = new long[SAVES];
        long[] after = new long[SAVES];
        try (TrainStep step = TrainStep.compile(spec, batch)) {
            step.restore(step.init(PrngKey.of(spec.seed())));
            batches.nanos(step, STEPS_BETWEEN * STEPS_BETWEEN);
            for (int save = 0; save < SAVES; save++) {
                batches.nanos(step, STEPS_BETWEEN - 1);
                steps[save] = batches.nanos(step, 1);
                long begun = System.nanoTime();
                Snapshot<StoredState> snapshot = step.snapshot();
                snapshots[save] = System.nanoTime() - begun;
                CompletableFuture<StoredState> copy = CompletableFuture.supplyAsync(() -> Snapshot.copyOf(snapshot));
                after[save] = batches.nanos(step, 1);
                copy.join();
            }
        }
        double plain = median(steps);
        System.out.printf(
                Locale.ROOT,
                "%-6d %8.3f %9.3f %11.3f %6.3f%n",
                batch,
                plain,
                median(snapshots),
                median(after),
                median(snapshots) + median(after) - plain);
    }

    private static double median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / NANOS_A_MILLI;
    }
}
