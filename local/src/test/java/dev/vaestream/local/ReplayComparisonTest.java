package dev.vaestream.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.LossSums;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ReplayComparisonTest {
    private static final byte[] PARAMS = Examples.file(1, 2, 3);
    private static final byte[] OPTIMIZER = Examples.file(0.5f);

    private final Map<Sha256, byte[]> store = new HashMap<>();

    @Test
    void theSameStateUnderAnotherNameIsTheSame() {
        Manifest first = Examples.manifest("demo", 400, null, PARAMS, OPTIMIZER);
        Manifest stored = Examples.manifest("demo", 500, first, PARAMS, OPTIMIZER);
        Manifest replayed = Examples.manifest("replay", 500, null, PARAMS, OPTIMIZER);

        Function<Blob, byte[]> nothingIsRead = blob -> {
            throw new AssertionError("equal blobs need not be read");
        };
        assertThat(new ReplayComparison(stored, replayed, nothingIsRead).differences())
                .isEmpty();
    }

    @Test
    void anArrayThatDiffersIsNamed() {
        assertThat(differences(
                        Examples.manifest("demo", 500, null, kept(PARAMS), OPTIMIZER),
                        Examples.manifest("replay", 500, null, kept(Examples.file(1, 2, 3.25f)), OPTIMIZER)))
                .containsExactly("params.decoder.Dense_0.bias: 1 of 3 numbers differ, by 0.250 at most");
    }

    @Test
    void otherRecordsReadAreNamed() {
        Progress other = new Progress(
                500,
                501,
                new TreeMap<>(Map.of(0, 500L)),
                new TreeMap<>(),
                Sha256.EMPTY,
                List.of(7L),
                List.of(1L, 2L),
                LossSums.ZERO,
                LossSums.ZERO);

        assertThat(differences(
                        Examples.manifest("demo", 500, null, PARAMS, OPTIMIZER),
                        Examples.manifest("replay", other, null, PARAMS, OPTIMIZER)))
                .containsExactlyInAnyOrder(
                        "nextSequence: 500 stored, 501 replayed",
                        "inputDigest: \"%s\" stored, \"%s\" replayed"
                                .formatted(Sha256.of(new byte[] {(byte) 500}), Sha256.EMPTY),
                        "skipped: [] stored, [7] replayed");
    }

    @Test
    void equalArraysInOtherBytesAreToldAsSuch() {
        SortedArrays both = new SortedArrays();
        byte[] spaced = both.withSpace();

        assertThat(differences(
                        Examples.manifest("demo", 500, null, kept(both.plain()), OPTIMIZER),
                        Examples.manifest("replay", 500, null, kept(spaced), OPTIMIZER)))
                .singleElement()
                .asString()
                .startsWith("params.safetensors: the same arrays in other bytes, sha256 ");
    }

    @Test
    void aBlobThatOneLacksIsNamed() {
        Manifest stored = Examples.manifest("demo", 500, null, PARAMS, OPTIMIZER);
        Manifest replayed = Manifest.of(
                "replay",
                null,
                1,
                stored.progress(),
                null,
                List.of(stored.blob(Blob.PARAMS)),
                Examples.NUMERIC,
                stored.createdAt());

        assertThat(differences(stored, replayed))
                .containsExactly("optimizer.safetensors: only the stored checkpoint has it");
    }

    private List<String> differences(Manifest stored, Manifest replayed) {
        return new ReplayComparison(stored, replayed, blob -> store.get(blob.sha256())).differences();
    }

    private byte[] kept(byte[] content) {
        store.put(Sha256.of(content), content);
        return content;
    }

    /** One array in a file with and without more space in its header. */
    private static final class SortedArrays {
        byte[] plain() {
            return Safetensors.write(new TreeMap<>(Map.of("a", StoredArray.of(List.of(), new float[] {1}))));
        }

        byte[] withSpace() {
            byte[] plain = plain();
            int header = plain[0];
            byte[] spaced = new byte[plain.length + 8];
            System.arraycopy(plain, 0, spaced, 0, 8 + header);
            spaced[0] = (byte) (header + 8);
            Arrays.fill(spaced, 8 + header, 16 + header, (byte) ' ');
            System.arraycopy(plain, 8 + header, spaced, 16 + header, plain.length - 8 - header);
            return spaced;
        }
    }
}
