package dev.vaestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.contracts.Verification;
import dev.vaestream.contracts.Verification.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifierTest {
    private static final String BIAS = "params.encoder.Dense_0.bias";
    private static final String KERNEL = "params.encoder.Dense_0.kernel";

    private final InMemoryObjectStorage storage = new InMemoryObjectStorage();
    private final TestingService service = new TestingService(storage);
    private final byte[] file = Safetensors.write(arrays(3));
    private final Blob params = Blob.of(Blob.PARAMS, file, arrays(3));
    private final Manifest first = Examples.manifest("demo", 100, null, 1, null, List.of(params));
    private final Manifest second = Examples.manifest("demo", 200, first, 1, null, List.of(params));

    @BeforeEach
    void save() {
        service.manager().claim(Examples.claim("demo", 4));
        service.put(params, file);
        service.manager().save(first);
        service.manager().save(second);
    }

    @Test
    void whatWasWrittenHolds() {
        Verification verification = verify(200);

        assertThat(verification).isEqualTo(new Verification("demo", 200, 1, 2, file.length, List.of()));
        assertThat(verification.holds()).isTrue();
    }

    @Test
    void anArrayThatHasRottedIsNamedWithBothDigests() {
        byte[] rotten = file.clone();
        rotten[file.length - 1] ^= 1;
        rot(rotten);

        Verification verification = verify(200);

        // The kernel is the last array, four bytes long.
        assertThat(verification.faults())
                .containsExactly(
                        new Fault("blob params.safetensors", described(file), described(rotten)),
                        new Fault(
                                "array params.encoder.Dense_0.kernel of params.safetensors",
                                digestOfLast(4, file),
                                digestOfLast(4, rotten)));
        assertThat(verification.holds()).isFalse();
    }

    @Test
    void anArrayThatIsNotThereIsNamed() {
        SortedMap<String, StoredArray> less = arrays(3);
        StoredArray kernel = less.remove(KERNEL);
        rot(Safetensors.write(less));

        assertThat(verify(200).faults())
                .contains(new Fault(
                        "array " + KERNEL + " of params.safetensors",
                        kernel.digest().hex(),
                        "nothing"));
    }

    @Test
    void anArrayThatNobodyWroteIsNamed() {
        SortedMap<String, StoredArray> more = arrays(3);
        more.put("params.more", StoredArray.of(List.of(), new float[] {1}));
        rot(Safetensors.write(more));

        assertThat(verify(200).faults())
                .extracting(Fault::what, Fault::expected)
                .contains(tuple("array params.more of params.safetensors", "nothing"));
    }

    @Test
    void aBlobThatIsNotThereIsNamed() {
        storage.delete(BucketLayout.blob(params.sha256()));

        assertThat(verify(200).faults())
                .containsExactly(new Fault("blob params.safetensors", described(file), "nothing"));
    }

    @Test
    void everyBitThatFlipsInABlobIsFound() {
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] rotten = file.clone();
            rotten[bit / 8] ^= (byte) (1 << bit % 8);
            rot(rotten);

            assertThat(verify(200).faults())
                    .as("bit %d", bit)
                    .first()
                    .isEqualTo(new Fault("blob params.safetensors", described(file), described(rotten)));
        }
    }

    @Test
    void aBlobCutAnywhereIsFound() {
        for (int length = 0; length < file.length; length++) {
            rot(Arrays.copyOf(file, length));

            assertThat(verify(200).holds()).as("cut to %d", length).isFalse();
        }
    }

    @Test
    void aManifestThatHasChangedIsAFaultAndNoError() {
        String changed = new String(second.encode(), StandardCharsets.UTF_8).replace("\"step\":200", "\"step\":201");
        storage.overwrite("runs/demo/checkpoints/200.json", Examples.bytes(changed));

        assertThat(verify(200).faults()).singleElement().satisfies(fault -> {
            assertThat(fault.what()).isEqualTo("manifest");
            assertThat(fault.found()).startsWith("Manifest demo/200 does not hold: Field digest: is ");
        });
    }

    @Test
    void aManifestThatIsNoneIsAFaultAndNoError() {
        storage.overwrite("runs/demo/checkpoints/200.json", new byte[] {0, 1, 2});

        assertThat(verify(200).holds()).isFalse();
    }

    @Test
    void aParentThatWasExchangedIsFound() {
        Manifest other = Examples.manifest("demo", 100, null, 2, null, List.of(params));
        storage.overwrite("runs/demo/checkpoints/100.json", other.encode());

        assertThat(verify(200).faults())
                .containsExactly(new Fault(
                        "parent of step 200",
                        "step 100 with digest " + first.digest(),
                        "step 100 with digest " + other.digest()));
    }

    @Test
    void theWholeChainBeforeACheckpointIsLookedAt() {
        Manifest third = Examples.manifest("demo", 300, second, 1, null, List.of(params));
        service.manager().save(third);
        storage.overwrite(
                "runs/demo/checkpoints/100.json",
                Examples.manifest("demo", 100, null, 2, null, List.of(params)).encode());

        assertThat(verify(300).faults()).extracting(Fault::what).containsExactly("parent of step 200");
    }

    @Test
    void twoCheckpointsAfterOneAreFound() {
        Manifest other = Examples.manifest("demo", 150, first, 1, null, List.of(params));
        storage.overwrite("runs/demo/checkpoints/150.json", other.encode());

        assertThat(verify(200).faults())
                .containsExactly(new Fault("chain after step 100", "one checkpoint", "step 150 and step 200"));
    }

    @Test
    void aParentThatIsNoLongerKeptIsNoFault() {
        storage.delete("runs/demo/checkpoints/100.json");

        assertThat(verify(200).holds()).isTrue();
    }

    @Test
    void aBlobWithoutDigestsOfArraysIsCheckedAsAWhole() {
        Manifest third = Examples.manifest("demo", 300, second, 1);
        service.save(third);

        assertThat(verify(300)).isEqualTo(new Verification("demo", 300, 2, 0, 45, List.of()));
    }

    @Test
    void aCheckpointThatIsNotThereIsRefused() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> verify(7))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.NO_CHECKPOINT));
    }

    private Verification verify(long step) {
        return service.verifier().verify(new CheckpointId("demo", step));
    }

    private void rot(byte[] bytes) {
        storage.overwrite(BucketLayout.blob(params.sha256()), bytes);
    }

    private static SortedMap<String, StoredArray> arrays(float value) {
        SortedMap<String, StoredArray> arrays = new TreeMap<>();
        arrays.put(BIAS, StoredArray.of(List.of(2L), new float[] {value, 1}));
        arrays.put(KERNEL, StoredArray.of(List.of(1L, 1L), new float[] {value}));
        return arrays;
    }

    private static String described(byte[] bytes) {
        return "%d bytes with SHA-256 %s".formatted(bytes.length, Sha256.of(bytes));
    }

    private static String digestOfLast(int length, byte[] bytes) {
        return Sha256.of(Arrays.copyOfRange(bytes, bytes.length - length, bytes.length))
                .hex();
    }
}
