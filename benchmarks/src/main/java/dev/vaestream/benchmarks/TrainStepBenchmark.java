package dev.vaestream.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.vae.StepResult;
import dev.vaestream.vae.TrainStep;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The default model's step. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(value = 1, jvmArgsAppend = "--add-opens=java.base/java.nio=ALL-UNNAMED")
public class TrainStepBenchmark {
    private static final long SEED = 0xffff;

    @Param({"16", "128", "1024"})
    private int batchSize;

    /** Whether to leave out the lowering that the default run has. */
    @Param({"false", "true"})
    private boolean general;

    /** A pattern of the parameters that stay as they are; empty for none. */
    @Param({"", "params.encoder.**", "params.decoder.**"})
    private String frozen;

    private TrainStep step;
    private ByteString images;
    private ByteString labels;
    private float[] noise;

    /** Compiles the step and draws one batch. */
    @Setup(Level.Trial)
    public void compile() {
        RunSpec spec = spec();
        step = general ? TrainStep.compileGeneral(spec, batchSize) : TrainStep.compile(spec, batchSize);
        step.restore(step.init(PrngKey.of(SEED)));
        images = randomBytes(batchSize * spec.model().pixels(), 256);
        labels = randomBytes(batchSize, spec.model().classes());
        noise = PrngKey.of(SEED).normal(batchSize * spec.model().latentDim());
    }

    private RunSpec spec() {
        if (frozen.isEmpty()) {
            return RunSpec.defaults("mnist", 1);
        }
        String json = "{\"stream\": \"mnist\", \"optimizer\": {\"chain\": [{\"adamw\": {}}, {\"freeze\": [\"%s\"]}]}}"
                .formatted(frozen);
        return Json.read(json.getBytes(UTF_8), RunSpec.class);
    }

    @TearDown(Level.Trial)
    public void close() {
        step.close();
    }

    @Benchmark
    public StepResult step() {
        return step.run(images, labels, noise);
    }

    private static ByteString randomBytes(int n, int bound) {
        byte[] bytes = new byte[n];
        Random random = new Random(SEED);
        for (int i = 0; i < n; i++) {
            bytes[i] = (byte) random.nextInt(bound);
        }
        return ByteString.copyFrom(bytes);
    }
}
