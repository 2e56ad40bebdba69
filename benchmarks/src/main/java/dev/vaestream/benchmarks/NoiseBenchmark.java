package dev.vaestream.benchmarks;

import dev.vaestream.learning.random.PrngKey;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the prefetch thread draws for a step, and an epoch's order. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class NoiseBenchmark {
    private final PrngKey key = PrngKey.of(0xffff);

    @Benchmark
    public float[] noiseOfAStep() {
        return key.normal(16 * 32);
    }

    @Benchmark
    public int[] orderOfAnEpoch() {
        return key.permutation(60_000);
    }
}
