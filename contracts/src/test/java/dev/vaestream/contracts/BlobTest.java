package dev.vaestream.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BlobTest {
    private static final int MANIFEST_BYTES = 64 << 10;

    @Test
    void anArraysDigestIsThatOfItsBytesInTheFile() {
        SortedMap<String, StoredArray> arrays = new TreeMap<>();
        arrays.put("a", StoredArray.of(List.of(2L), new float[] {1, 2}));
        arrays.put("b", StoredArray.of(List.of(), new int[] {3}));
        byte[] file = Safetensors.write(arrays);

        Blob blob = Blob.of(Blob.PARAMS, file, arrays);

        // The arrays are the last 12 bytes: 1f and 2f, then 3, little-endian.
        assertThat(blob.arrays()).containsOnlyKeys("a", "b");
        assertThat(blob.arrays().get("a")).isEqualTo(Sha256.of(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40}));
        assertThat(blob.arrays().get("b")).isEqualTo(Sha256.of(new byte[] {3, 0, 0, 0}));
    }

    @Test
    void aBlobWithoutDigestsOfArraysIsTheSameBytes() {
        SortedMap<String, StoredArray> arrays = new TreeMap<>();
        arrays.put("a", StoredArray.of(List.of(), new float[] {1}));
        byte[] file = Safetensors.write(arrays);

        assertThat(Blob.of(Blob.PARAMS, file).sameBytesAs(Blob.of(Blob.PARAMS, file, arrays)))
                .isTrue();
        assertThat(Blob.of(Blob.PARAMS, file).sameBytesAs(Blob.of(Blob.OPTIMIZER, file)))
                .isFalse();
        assertThat(Blob.of(Blob.PARAMS, file).sameBytesAs(Blob.of(Blob.PARAMS, new byte[file.length])))
                .isFalse();
    }

    @Test
    void aBlobThatNamesNoArraysIsReadAndWrittenWithout() {
        Blob blob = Blob.of("canary.png", new byte[] {1});

        String json = new String(Json.write(blob), UTF_8);

        assertThat(json).doesNotContain("arrays");
        assertThat(Json.read(json.getBytes(UTF_8), Blob.class)).isEqualTo(blob);
    }

    @Test
    void theManifestOfTheDeepestModelUnderAdamStaysUnder64KiB() {
        List<String> parameters = deepest().parameterPaths();
        List<String> moments = Stream.concat(
                        Stream.of("0.count"),
                        parameters.stream().flatMap(path -> Stream.of("0.mu." + path, "0.nu." + path)))
                .toList();

        Manifest manifest = manifest(blob(Blob.PARAMS, parameters), blob(Blob.OPTIMIZER, moments));

        assertThat(manifest.blob(Blob.PARAMS).arrays()).hasSize(2 * (32 + 32 + 3));
        assertThat(manifest.blob(Blob.OPTIMIZER).arrays()).hasSize(2 * 2 * (32 + 32 + 3) + 1);
        assertThat(manifest.encode()).hasSizeLessThan(MANIFEST_BYTES);
    }

    @Test
    void moreArraysThanAManifestCanNameAreLeftOut() {
        List<String> parameters = deepest().parameterPaths();
        List<String> moments = parameters.stream()
                .flatMap(path -> Stream.of("mu", "nu", "acc_grads", "ema").map(state -> "inner." + state + "." + path))
                .toList();

        assertThat(blob(Blob.OPTIMIZER, moments).arrays()).isEmpty();
    }

    private static ModelSpec deepest() {
        List<Integer> layers = Collections.nCopies(32, 16);
        return new ModelSpec(2, layers, layers, 10);
    }

    private static Blob blob(String name, List<String> paths) {
        SortedMap<String, StoredArray> arrays = new TreeMap<>();
        paths.forEach(path -> arrays.put(path, StoredArray.of(List.of(), new float[] {1})));
        return Blob.of(name, Safetensors.write(arrays), arrays);
    }

    private static Manifest manifest(Blob... blobs) {
        Progress progress = new Progress(
                1,
                1,
                new TreeMap<>(),
                new TreeMap<>(),
                Sha256.EMPTY,
                List.of(),
                List.of(1L, 2L),
                LossSums.ZERO,
                LossSums.ZERO);
        NumericFingerprint numeric = new NumericFingerprint("2.18.0", "cpu", "amd64", "avx2", false, 1);
        return Manifest.of("a", null, 1, progress, null, List.of(blobs), numeric, Instant.EPOCH);
    }
}
