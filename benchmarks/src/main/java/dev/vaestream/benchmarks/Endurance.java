package dev.vaestream.benchmarks;

import com.google.protobuf.ByteString;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.vae.TrainStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** Whether the last of 100,000 steps takes as long as one of the first, and as much memory: a line each 10,000. */
public final class Endurance {
    private static final int BATCH = 16;
    private static final int LINES = 10;
    private static final int STEPS_A_LINE = 10_000;
    private static final double NANOS_A_MILLI = 1e6;

    private Endurance() {}

    public static void main(String[] arguments) throws IOException {
        RunSpec spec = RunSpec.defaults("mnist", 1);
        byte[] images = new byte[BATCH * spec.model().pixels()];
        Arrays.fill(images, 0, images.length / 5, (byte) 200);
        ByteString pixels = ByteString.copyFrom(images);
        ByteString labels = ByteString.copyFrom(new byte[BATCH]);
        float[] noise = PrngKey.of(spec.seed()).normal(BATCH * spec.model().latentDim());
        try (TrainStep step = TrainStep.compile(spec, BATCH)) {
            step.restore(step.init(PrngKey.of(spec.seed())));
            for (int i = 0; i < STEPS_A_LINE; i++) {
                step.run(pixels, labels, noise);
            }
            for (int line = 1; line <= LINES; line++) {
                long[] nanos = new long[STEPS_A_LINE];
                for (int i = 0; i < STEPS_A_LINE; i++) {
                    long begun = System.nanoTime();
                    step.run(pixels, labels, noise);
                    nanos[i] = System.nanoTime() - begun;
                }
                Arrays.sort(nanos);
                System.out.printf(
                        Locale.ROOT,
                        "%d steps: median %.3f ms, resident %s%n",
                        line * STEPS_A_LINE,
                        nanos[STEPS_A_LINE / 2] / NANOS_A_MILLI,
                        resident());
            }
        }
    }

    private static String resident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.substring("VmRSS:".length()).trim())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
