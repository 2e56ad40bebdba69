package dev.vaestream.benchmarks;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.learning.random.PrngKey;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long a checkpoint of the default model takes to be committed, over HTTP to a checkpoint service that runs: both
 * blobs, 5.9 MB that no store has seen before, and the manifest. Prints p50 and p99 of each part in milliseconds. For
 * {@code commit-latency.sh}.
 */
public final class CommitLatency {
    private static final int WARM_UP = 20;
    private static final int PARAMETERS = 491_920;
    private static final double NANOS_A_MILLI = 1e6;

    private CommitLatency() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int commits = Integer.parseInt(arguments[2]);
        CheckpointWriter writer = new CheckpointWriter(arguments[0], arguments[1], WARM_UP + commits);
        long[] blobs = new long[commits];
        long[] manifests = new long[commits];
        long[] wholes = new long[commits];
        Manifest parent = null;
        for (int step = 0; step < WARM_UP + commits; step++) {
            SortedMap<String, StoredArray> params = arrays(step, 1);
            SortedMap<String, StoredArray> optimizer = arrays(step, 2);
            byte[] first = Safetensors.write(params);
            byte[] second = Safetensors.write(optimizer);
            Blob paramsBlob = Blob.of(Blob.PARAMS, first, params);
            Blob optimizerBlob = Blob.of(Blob.OPTIMIZER, second, optimizer);
            Manifest manifest = writer.manifest(parent, step, List.of(paramsBlob, optimizerBlob));
            long begun = System.nanoTime();
            writer.put(paramsBlob, first);
            writer.put(optimizerBlob, second);
            long sent = System.nanoTime();
            writer.commit(manifest);
            long committed = System.nanoTime();
            if (step >= WARM_UP) {
                blobs[step - WARM_UP] = sent - begun;
                manifests[step - WARM_UP] = committed - sent;
                wholes[step - WARM_UP] = committed - begun;
            }
            parent = manifest;
        }
        System.out.printf("%-9s %8s %8s%n", "ms", "p50", "p99");
        print("blobs", blobs);
        print("manifest", manifests);
        print("commit", wholes);
    }

    /** As many numbers as the model has parameters, {@code times} over. */
    private static SortedMap<String, StoredArray> arrays(int step, int times) {
        float[] values = PrngKey.of(step).foldIn(times).normal(PARAMETERS);
        SortedMap<String, StoredArray> arrays = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            arrays.put("array" + i, StoredArray.of(List.of((long) PARAMETERS), values));
        }
        return arrays;
    }

    private static void print(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-9s %8.1f %8.1f%n",
                what,
                nanos[nanos.length / 2] / NANOS_A_MILLI,
                nanos[Math.min(nanos.length - 1, nanos.length * 99 / 100)] / NANOS_A_MILLI);
    }
}
