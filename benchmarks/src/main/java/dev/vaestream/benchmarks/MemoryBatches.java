package dev.vaestream.benchmarks;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.vae.EvaluationBatch;
import dev.vaestream.vae.TrainStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Twenty batches of a run with their noise, as random as MNIST is sparse, which a step takes over and over again. */
final class MemoryBatches {
    private static final int BATCHES = 20;

    private final List<ByteString> images = new ArrayList<>();
    private final List<ByteString> labels = new ArrayList<>();
    private final List<float[]> noise = new ArrayList<>();

    MemoryBatches(RunSpec spec, int batchSize) {
        Random random = new Random(spec.seed());
        for (int i = 0; i < BATCHES; i++) {
            images.add(bytes(random, batchSize * spec.model().pixels(), 256));
            labels.add(bytes(random, batchSize, spec.model().classes()));
            noise.add(PrngKey.of(i).normal(batchSize * spec.model().latentDim()));
        }
    }

    /** Makes {@code steps} steps and says how long they took. */
    long nanos(TrainStep step, int steps) {
        long begun = System.nanoTime();
        for (int i = 0; i < steps; i++) {
            step.run(images.get(i % BATCHES), labels.get(i % BATCHES), noise.get(i % BATCHES));
        }
        return System.nanoTime() - begun;
    }

    /** So many batches to measure a model on. */
    List<EvaluationBatch> evaluation(int batches) {
        return IntStream.range(0, batches)
                .map(i -> i % BATCHES)
                .mapToObj(i -> new EvaluationBatch(images.get(i), labels.get(i), noise.get(i)))
                .toList();
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
