package dev.vaestream.benchmarks;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.vae.TrainStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Milliseconds a training step at each batch size of its arguments, batches in memory: what {@code jax_step.py} prints. */
public final class StepTimes {
    private static final int BATCHES = 20;
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
        Random random = new Random(spec.seed());
        List<ByteString> images = new ArrayList<>();
        List<ByteString> labels = new ArrayList<>();
        List<float[]> noise = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            images.add(bytes(random, batchSize * spec.model().pixels(), 256));
            labels.add(bytes(random, batchSize, spec.model().classes()));
            noise.add(PrngKey.of(i).normal(batchSize * spec.model().latentDim()));
        }
        try (TrainStep step = TrainStep.compile(spec, batchSize)) {
            step.restore(step.init(PrngKey.of(spec.seed())));
            List<Double> times = new ArrayList<>();
            for (int repeat = 0; repeat <= REPEATS; repeat++) {
                long begun = System.nanoTime();
                for (int i = 0; i < steps; i++) {
                    step.run(images.get(i % BATCHES), labels.get(i % BATCHES), noise.get(i % BATCHES));
                }
                times.add((System.nanoTime() - begun) / NANOS_A_MILLI / steps);
            }
            // The first goes to the compilers of Java.
            System.out.printf(Locale.ROOT, "%d %.3f%n", batchSize, Collections.min(times.subList(1, times.size())));
        }
    }

    /** Four bytes of five are zero, as in MNIST. */
    private static ByteString bytes(Random random, int n, int bound) {
        byte[] bytes = new byte[n];
        for (int i = 0; i < n; i++) {
            bytes[i] = (byte) (bound <= 10 || random.nextInt(5) == 0 ? random.nextInt(bound) : 0);
        }
        return ByteString.copyFrom(bytes);
    }
}
