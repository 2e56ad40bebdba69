package dev.vaestream.benchmarks;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.vae.CanaryMaker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Commits checkpoint after checkpoint and asks the sampler for an image each time, until it comes from that checkpoint.
 * Prints p50 and p99 of the time from sending the manifest to having the image, in milliseconds. The first pixel of
 * every image that a checkpoint makes is its step, so that whoever asks for images can tell a wrong one. For
 * {@code sampler.sh}.
 */
public final class CheckpointFeed {
    private static final String MARKED_KERNEL = "params.decoder.Dense_2.kernel";
    private static final String MARKED_BIAS = "params.decoder.Dense_2.bias";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long MAX_MICROS = TimeUnit.SECONDS.toMicros(60);
    private static final double MICROS_A_MILLI = 1e3;

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest image;
    private final SortedMap<String, StoredArray> params;
    private final Random random;

    private CheckpointFeed(String sampler, Path params, Random random) throws IOException {
        this.image = HttpRequest.newBuilder(URI.create(sampler + "/v1/samples?class=0&index=0&format=npy"))
                .build();
        this.params = Safetensors.read(Files.readAllBytes(params));
        this.random = random;
    }

    /** Arguments: checkpoint service, sampler, run, file of parameters, how many, milliseconds between two. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int count = Integer.parseInt(arguments[4]);
        CheckpointWriter writer = new CheckpointWriter(arguments[0], arguments[2], count);
        new CheckpointFeed(arguments[1], Path.of(arguments[3]), new Random(arguments[2].hashCode()))
                .feed(writer, count, Long.parseLong(arguments[5]));
    }

    private void feed(CheckpointWriter writer, int count, long periodMillis) throws IOException, InterruptedException {
        Histogram micros = new Histogram(MAX_MICROS, 3);
        byte[] optimizer = Safetensors.write(new TreeMap<>());
        Blob optimizerBlob = Blob.of(Blob.OPTIMIZER, optimizer);
        writer.put(optimizerBlob, optimizer);
        Manifest parent = null;
        for (int step = 1; step <= count; step++) {
            long begun = System.nanoTime();
            SortedMap<String, StoredArray> marked = marked(step);
            byte[] file = Safetensors.write(marked);
            Blob blob = Blob.of(Blob.PARAMS, file, marked);
            writer.put(blob, file);
            parent = writer.manifest(parent, step, List.of(blob, optimizerBlob))
                    .with(CanaryMaker.make(ModelSpec.DEFAULT, marked), null);
            long sent = System.nanoTime();
            writer.commit(parent);
            awaitImage(step);
            long made = System.nanoTime();
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(made - sent));
            Thread.sleep(Math.max(0, periodMillis - TimeUnit.NANOSECONDS.toMillis(made - begun)));
        }
        System.out.printf(
                Locale.ROOT,
                "%d %.1f %.1f%n",
                count,
                micros.getValueAtPercentile(50) / MICROS_A_MILLI,
                micros.getValueAtPercentile(99) / MICROS_A_MILLI);
    }

    private void awaitImage(long step) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (servedStep().orElse(-1) != step) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the sampler does not serve step %d".formatted(step));
            }
            Thread.sleep(1);
        }
    }

    /** Empty before the first checkpoint. */
    private OptionalLong servedStep() throws IOException, InterruptedException {
        return http.send(image, BodyHandlers.discarding()).headers().firstValueAsLong("Vaestream-Step");
    }

    private SortedMap<String, StoredArray> marked(int step) {
        int pixels = ModelSpec.DEFAULT.pixels();
        float[] kernel = params.get(MARKED_KERNEL).floats();
        for (int i = 0; i < kernel.length; i += pixels) {
            kernel[i] = 0;
        }
        float[] bias = params.get(MARKED_BIAS).floats();
        bias[0] = step;
        // A blob that another run has too could be retired with that one's checkpoint before this one is committed.
        bias[1] = random.nextFloat();
        SortedMap<String, StoredArray> marked = new TreeMap<>(params);
        marked.put(MARKED_KERNEL, StoredArray.of(params.get(MARKED_KERNEL).shape(), kernel));
        marked.put(MARKED_BIAS, StoredArray.of(params.get(MARKED_BIAS).shape(), bias));
        return marked;
    }
}
