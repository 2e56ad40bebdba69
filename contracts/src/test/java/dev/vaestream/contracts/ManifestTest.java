package dev.vaestream.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final NumericFingerprint NUMERIC =
            new NumericFingerprint("2.18.0", "cpu", "amd64", "avx2", false, 1);
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Blob PARAMS = Blob.of(Blob.PARAMS, new byte[] {1});
    private static final Blob OPTIMIZER = Blob.of(Blob.OPTIMIZER, new byte[] {2});

    @Test
    void aDecodedManifestIsTheEncodedOne() {
        Manifest manifest = manifest(null, 500);

        assertThat(Manifest.decode(manifest.encode())).isEqualTo(manifest);
    }

    @Test
    void theDigestIsThatOfTheTextWithoutIt() {
        Manifest manifest = manifest(null, 500);
        String text = new String(manifest.encode(), UTF_8);

        String unsigned = text.replace("\"digest\":\"" + manifest.digest() + "\",", "");

        assertThat(Sha256.of(unsigned.getBytes(UTF_8))).isEqualTo(manifest.digest());
    }

    @Test
    void aManifestMayHaveACanary() {
        Canary canary = new Canary(3, 7, Sha256.of(new byte[] {5}));
        Manifest manifest = manifest(null, 500).with(canary, null);

        assertThat(Manifest.decode(manifest.encode())).isEqualTo(manifest);
        assertThat(manifest.encode())
                .asString(UTF_8)
                .contains("\"canary\":{\"class\":3,\"seed\":7,\"sha256\":\"" + canary.sha256() + "\"}");
        assertThat(manifest.digest()).isNotEqualTo(manifest(null, 500).digest());
        assertThat(manifest.sameStateAs(manifest(null, 500))).isTrue();
    }

    @Test
    void anEvaluationIsAmongTheMetrics() {
        EvaluationResult result = new EvaluationResult(new Losses(9, 8, 2), 625, Sha256.of(new byte[] {6}));
        Manifest manifest = manifest(null, 500).with(new Canary(0, 0, Sha256.EMPTY), result);

        assertThat(Manifest.decode(manifest.encode())).isEqualTo(manifest);
        assertThat(manifest.info().metrics())
                .containsOnly(
                        Map.entry(CheckpointMetric.LOSS, 14.1),
                        Map.entry(CheckpointMetric.MSE, 10.9),
                        Map.entry(CheckpointMetric.KL, 6.4),
                        Map.entry(CheckpointMetric.EVALUATION_LOSS, 9.0),
                        Map.entry(CheckpointMetric.EVALUATION_MSE, 8.0),
                        Map.entry(CheckpointMetric.EVALUATION_KL, 2.0));
    }

    @Test
    void aManifestWithoutAnEvaluationHasTheTrainingsMetricsAlone() {
        assertThat(manifest(null, 500).info().metrics())
                .containsOnlyKeys(CheckpointMetric.LOSS, CheckpointMetric.MSE, CheckpointMetric.KL);
    }

    @Test
    void aManifestWithAnyBitFlippedIsRefusedOrMeansTheSame() {
        Manifest manifest = manifest(manifest(null, 500), 1000);
        byte[] whole = manifest.encode();

        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(isRefusedOrEqual(flipped, manifest))
                    .as("bit %d flipped", bit)
                    .isTrue();
        }
    }

    @Test
    void aChangedStepIsNamedByItsDigest() {
        String changed = new String(manifest(null, 500).encode(), UTF_8).replace("\"step\":500", "\"step\":501");

        assertThatThrownBy(() -> Manifest.decode(changed.getBytes(UTF_8)))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageStartingWith("Field digest: is ");
    }

    @Test
    void aManifestOfAnotherFormatIsRefused() {
        String other =
                new String(manifest(null, 500).encode(), UTF_8).replace(Manifest.FORMAT, "vaestream/checkpoint/2");

        assertThatThrownBy(() -> Manifest.decode(other.getBytes(UTF_8)))
                .hasMessage("Field format: is 'vaestream/checkpoint/2'; this version reads 'vaestream/checkpoint/1'");
    }

    @Test
    void blobsAreInTheOrderOfTheirNames() {
        Manifest manifest =
                Manifest.of("a", null, 1, progress(5), new Losses(1, 1, 1), List.of(PARAMS, OPTIMIZER), NUMERIC, NOON);

        assertThat(manifest.blobs()).containsExactly(OPTIMIZER, PARAMS);
    }

    @Test
    void aParentMustBeEarlier() {
        Manifest parent = manifest(null, 500);

        assertThatThrownBy(() -> manifest(parent, 500))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parentStep is 500; it must be before step 500");
    }

    @Test
    void theSameStateByAnotherWriterIsTheSameState() {
        Manifest one = Manifest.of("a", null, 1, progress(5), new Losses(1, 1, 1), List.of(PARAMS), NUMERIC, NOON);
        Manifest other = Manifest.of(
                "a", null, 2, progress(5), new Losses(1, 1, 1), List.of(PARAMS), NUMERIC, NOON.plusSeconds(9));

        assertThat(one.sameStateAs(other)).isTrue();
    }

    @Test
    void theSameBlobsWithAndWithoutDigestsOfTheirArraysAreTheSameState() {
        byte[] file = Safetensors.write(new TreeMap<>(Map.of("a", StoredArray.of(List.of(), new float[] {1}))));
        Blob with = Blob.of(Blob.PARAMS, file, Safetensors.read(file));
        Blob without = Blob.of(Blob.PARAMS, file);
        Manifest one = Manifest.of("a", null, 1, progress(5), new Losses(1, 1, 1), List.of(with), NUMERIC, NOON);
        Manifest other = Manifest.of("a", null, 1, progress(5), new Losses(1, 1, 1), List.of(without), NUMERIC, NOON);

        assertThat(one.sameStateAs(other)).isTrue();
    }

    @Test
    void otherBlobsAreAnotherState() {
        Manifest one = Manifest.of("a", null, 1, progress(5), new Losses(1, 1, 1), List.of(PARAMS), NUMERIC, NOON);
        Manifest other = Manifest.of("a", null, 1, progress(5), new Losses(1, 1, 1), List.of(OPTIMIZER), NUMERIC, NOON);

        assertThat(one.sameStateAs(other)).isFalse();
    }

    @Test
    void aBlobThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> manifest(null, 500).blob("canary.png"))
                .hasMessage("checkpoint a/500 has no blob canary.png");
    }

    private static boolean isRefusedOrEqual(byte[] bytes, Manifest original) {
        try {
            return Manifest.decode(bytes).equals(original);
        } catch (InvalidJsonException e) {
            return true;
        }
    }

    private static Manifest manifest(@org.jspecify.annotations.Nullable Manifest parent, long step) {
        return Manifest.of(
                "a", parent, 3, progress(step), new Losses(14.1, 10.9, 6.4), List.of(PARAMS, OPTIMIZER), NUMERIC, NOON);
    }

    private static Progress progress(long step) {
        return new Progress(
                step,
                step,
                new TreeMap<>(Map.of(0, step / 2, 1, step - step / 2)),
                new TreeMap<>(Map.of(0, new ConsumedRecord(7, Sha256.of(new byte[] {8})))),
                Sha256.of(new byte[] {9}),
                List.of(),
                List.of(1L, 0xffffffffL),
                new LossSums(3, 1e-5, 2.5, 0.125),
                LossSums.ZERO);
    }
}
