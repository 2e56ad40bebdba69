package dev.vaestream.benchmarks;

import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.vae.Bucket;
import dev.vaestream.vae.Decoder;
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
        try (Decoder decoder =
                Decoder.load(ModelSpec.DEFAULT, Safetensors.read(Files.readAllBytes(Path.of(arguments[0]))))) {
            long unused = buckets(decoder, WARM_UP_SECONDS);
            System.out.printf("%.0f%n", buckets(decoder, seconds) * Bucket.SIZE / seconds);
        }
    }

    private static long buckets(Decoder decoder, double seconds) {
        long end = System.nanoTime() + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        List<Integer> threads = IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .boxed()
                .toList();
        return threads.parallelStream()
                .mapToLong(thread -> {
                    long made = 0;
                    for (long seed = thread; System.nanoTime() < end; seed += threads.size()) {
                        Bucket bucket = new Bucket(3, seed, 0);
                        float[] unused = decoder.decode(bucket.latents(ModelSpec.DEFAULT.latentDim()), bucket.labels());
                        made++;
                    }
                    return made;
                })
                .sum();
    }
}
