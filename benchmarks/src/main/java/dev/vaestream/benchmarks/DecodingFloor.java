package dev.vaestream.benchmarks;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.vae.Decoder;
import dev.vaestream.vae.Latents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Images a second that a decoder makes with every processor, latents included, and nothing around it. For {@code sampler.sh}. */
public final class DecodingFloor {
    private static final int WARM_UP_SECONDS = 2;

    private DecodingFloor() {}

    /** Arguments: file of the default model's parameters, seconds. */
    public static void main(String[] arguments) throws IOException {
        double seconds = Double.parseDouble(arguments[1]);
        Decoder decoder = Decoder.load(ModelSpec.DEFAULT, Safetensors.read(Files.readAllBytes(Path.of(arguments[0]))));
        long unused = images(decoder, WARM_UP_SECONDS);
        System.out.printf("%.0f%n", images(decoder, seconds) / seconds);
    }

    private static long images(Decoder decoder, double seconds) {
        long end = System.nanoTime() + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        List<Integer> threads = IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .boxed()
                .toList();
        return threads.parallelStream()
                .mapToLong(thread -> {
                    int[] labels = new int[10];
                    long made = 0;
                    for (long seed = thread; System.nanoTime() < end; seed += threads.size()) {
                        float[] latents = Latents.of(3, seed, 0, labels.length, ModelSpec.DEFAULT.latentDim());
                        float[] unused = decoder.decode(latents, labels);
                        made += labels.length;
                    }
                    return made;
                })
                .sum();
    }
}
