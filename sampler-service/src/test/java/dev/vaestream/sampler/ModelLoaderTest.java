package dev.vaestream.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Canary;
import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.ModelSpec;
import dev.vaestream.contracts.Safetensors;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.sampler.RejectedCheckpointException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelLoaderTest {
    private static final int MAX_PARAMS = 100_000;

    private final FakeCheckpointService service = new FakeCheckpointService();
    private final List<FakeDecoder> decoders = new ArrayList<>();
    private final ModelLoader loader = new ModelLoader(
            new CheckpointClient(new HttpCalls(Duration.ofSeconds(5), Duration.ofSeconds(10), 16), service.uri()),
            this::decoder,
            MAX_PARAMS,
            Clock.fixed(Fixtures.NOON, ZoneOffset.UTC));

    @AfterEach
    void tearDown() {
        service.close();
    }

    @Test
    void aGoodCheckpointIsLoadedWithTheTime() {
        Checkpoint checkpoint = committed(Fixtures.tinyParams(1));

        Model model = loader.load(checkpoint);

        assertThat(model.checkpoint()).isEqualTo(checkpoint);
        assertThat(model.loadedAt()).isEqualTo(Fixtures.NOON);
        assertThat(decoders.get(0).closes()).isZero();
    }

    @Test
    void aChangedManifestIsRejected() {
        Manifest good = committed(Fixtures.tinyParams(1)).manifest();
        Manifest changed = new Manifest(
                good.format(),
                good.run(),
                null,
                null,
                good.writerEpoch(),
                good.progress(),
                new Losses(1, 1, 1),
                good.evaluation(),
                good.canary(),
                good.blobs(),
                good.numeric(),
                good.createdAt(),
                good.digest());

        assertRejected(new Checkpoint(Fixtures.tinyRun("demo"), changed), Reason.MANIFEST, "changed");
    }

    @Test
    void aManifestOfAnotherRunIsRejected() {
        Manifest manifest = committed(Fixtures.tinyParams(1)).manifest();

        assertRejected(
                new Checkpoint(Fixtures.tinyRun("other"), manifest), Reason.MANIFEST, "of run demo, in run other");
    }

    @Test
    void aManifestWithoutParametersIsRejected() {
        Manifest good = committed(Fixtures.tinyParams(1)).manifest();
        Manifest without = Manifest.of(
                "demo", null, 1, good.progress(), good.losses(), List.of(), good.numeric(), good.createdAt());

        assertRejected(new Checkpoint(Fixtures.tinyRun("demo"), without), Reason.MANIFEST, "no blob " + Blob.PARAMS);
    }

    @Test
    void aModelThatDoesNotFitItsImagesIsRejected() {
        Manifest manifest = committed(Fixtures.tinyParams(1)).manifest();
        ImageShape other = new ImageShape(5, 5);

        assertRejected(
                new Checkpoint(Fixtures.identity("demo", Fixtures.TINY, other), manifest),
                Reason.PARAMS,
                "makes 6 pixels, its images are 5x5");
    }

    @Test
    void moreBytesThanAreLoadedAreRejectedBeforeTheyAreFetched() {
        Checkpoint checkpoint = committed(new byte[MAX_PARAMS + 1]);

        assertRejected(checkpoint, Reason.BLOB, "at most 100000 are loaded");
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void bytesThatAreNoArraysAreRejected() {
        assertRejected(committed(new byte[] {1, 2, 3}), Reason.PARAMS, "at least 8 bytes");
    }

    @Test
    void aValueThatIsNotFiniteIsRejectedByItsName() {
        assertRejected(
                committed(Fixtures.tinyParams(Float.NaN)),
                Reason.PARAMS,
                "params.brightness holds a value that is not");
    }

    @Test
    void arraysOfAnotherModelAreRejected() {
        byte[] other =
                Safetensors.write(new TreeMap<>(Map.of("params.other", StoredArray.of(List.of(1L), new float[] {1}))));

        assertRejected(committed(other), Reason.PARAMS, "there is no params.brightness in [params.other]");
    }

    @Test
    void aDecoderThatMakesNoNumbersIsRejectedAndClosed() {
        assertRejected(committed(Fixtures.tinyParams(Float.MAX_VALUE)), Reason.OUTPUT, "not finite");
        assertThat(decoders)
                .singleElement()
                .satisfies(decoder -> assertThat(decoder.closes()).isEqualTo(1));
    }

    @Test
    void anotherImageThanTheWritersIsRejectedAndClosed() {
        assertRejected(
                committed(Fixtures.tinyParams(1), new Canary(1, 7, Sha256.EMPTY)),
                Reason.CANARY,
                "its image of class 1 and seed 7 has the digest");
        assertThat(decoders)
                .singleElement()
                .satisfies(decoder -> assertThat(decoder.closes()).isEqualTo(1));
    }

    @Test
    void theWritersImageIsAccepted() {
        byte[] white = {(byte) 255, (byte) 255, (byte) 255, (byte) 255, (byte) 255, (byte) 255};
        Checkpoint checkpoint = committed(Fixtures.tinyParams(1), new Canary(1, 7, Sha256.of(white)));

        assertThat(loader.load(checkpoint).checkpoint()).isEqualTo(checkpoint);
    }

    @Test
    void aCanaryOfAClassThatTheModelDoesNotHaveIsRejected() {
        assertRejected(
                committed(Fixtures.tinyParams(1), new Canary(3, 7, Sha256.EMPTY)),
                Reason.MANIFEST,
                "its canary is of class 3");
    }

    private Checkpoint committed(byte[] params, Canary canary) {
        Manifest manifest = Fixtures.manifest("demo", 500, params).with(canary, null);
        service.commit(Fixtures.tinyRun("demo"), manifest, params);
        return new Checkpoint(Fixtures.tinyRun("demo"), manifest);
    }

    private FakeDecoder decoder(ModelSpec model, SortedMap<String, StoredArray> params) {
        FakeDecoder decoder = FakeDecoder.load(model, params);
        decoders.add(decoder);
        return decoder;
    }

    private Checkpoint committed(byte[] params) {
        return new Checkpoint(Fixtures.tinyRun("demo"), service.commit(Fixtures.tinyRun("demo"), 500, params));
    }

    private void assertRejected(Checkpoint checkpoint, Reason reason, String why) {
        assertThatThrownBy(() -> loader.load(checkpoint))
                .isInstanceOfSatisfying(
                        RejectedCheckpointException.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason))
                .hasMessageContaining(why);
    }
}
