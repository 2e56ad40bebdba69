package dev.vaestream.sampler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.sampler.RejectedCheckpointException.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckpointClientTest {
    private static final byte[] PARAMS = Fixtures.tinyParams(1);

    private final FakeCheckpointService service = new FakeCheckpointService();
    private final CheckpointClient client = new CheckpointClient(calls(Duration.ofSeconds(10)), service.uri());

    @AfterEach
    void tearDown() {
        service.close();
    }

    @Test
    void runsComeWithTheirNewestManifest() {
        service.commit(Fixtures.tinyRun("demo"), 500, PARAMS);
        Manifest latest = service.commit(Fixtures.tinyRun("demo"), 1000, PARAMS);

        assertThat(client.runs().readable()).singleElement().satisfies(run -> {
            assertThat(run.steps()).containsExactly(500L, 1000L);
            assertThat(run.latest()).isEqualTo(latest);
        });
    }

    @Test
    void aRunThatCannotBeReadHidesNoOther() {
        service.commit(Fixtures.tinyRun("demo"), 500, PARAMS);
        String readable = new String(Json.write(client.runs().readable().get(0)), UTF_8);
        service.answer("/v1/runs", 200, ("[{\"identity\":{\"run\":\"odd\"}}," + readable + "]").getBytes(UTF_8));

        Runs runs = client.runs();

        assertThat(runs.readable()).hasSize(1);
        assertThat(runs.unreadable()).singleElement().asString().startsWith("run odd: ");
    }

    @Test
    void aRunThatIsNotThereIsNone() {
        assertThat(client.run("demo")).isEmpty();
    }

    @Test
    void aManifestThatIsNotThereIsNone() {
        assertThat(client.manifest("demo", 500)).isEmpty();
    }

    @Test
    void aManifestComesByItsStep() {
        Manifest manifest = service.commit(Fixtures.tinyRun("demo"), 500, PARAMS);

        assertThat(client.manifest("demo", 500)).contains(manifest);
    }

    @Test
    void theBestOneIsTheServices() {
        Manifest best = service.commit(Fixtures.tinyRun("demo"), 500, PARAMS);
        service.commit(Fixtures.tinyRun("demo"), 1000, PARAMS);
        service.point("best", best);

        assertThat(client.best("demo")).contains(best);
    }

    @Test
    void anAliasSaysWhereItPoints() {
        Manifest manifest = service.commit(Fixtures.tinyRun("demo"), 500, PARAMS);
        service.point("production", manifest);

        assertThat(client.alias("demo", "production").orElseThrow().manifestDigest())
                .isEqualTo(manifest.digest());
    }

    @Test
    void anAliasThatIsNotThereIsNone() {
        assertThat(client.alias("demo", "production")).isEmpty();
    }

    @Test
    void aBlobIsItsBytes() {
        service.commit(Fixtures.tinyRun("demo"), 500, PARAMS);

        assertThat(client.blob(Blob.of("params.safetensors", PARAMS))).isEqualTo(PARAMS);
    }

    @Test
    void aBlobWithAFlippedBitIsRejected() {
        byte[] flipped = PARAMS.clone();
        flipped[flipped.length - 1] ^= 1;

        assertRejected(flipped, "SHA-256");
    }

    @Test
    void aShorterBlobIsRejected() {
        assertRejected(Arrays.copyOf(PARAMS, PARAMS.length - 1), "bytes");
    }

    @Test
    void aLongerBlobIsRejected() {
        assertRejected(
                Arrays.copyOf(PARAMS, 10_000_000),
                "blob params.safetensors has more than its " + PARAMS.length + " bytes");
    }

    @Test
    void aMissingBlobIsRejected() {
        assertThatThrownBy(() -> client.blob(Blob.of("params.safetensors", PARAMS)))
                .isInstanceOf(RejectedCheckpointException.class)
                .hasMessageContaining("is missing");
    }

    @Test
    void anErrorOfTheServiceIsNamedWithItsAddress() {
        service.answer("/v1/runs", 500, new byte[0]);

        assertThatThrownBy(client::runs)
                .isInstanceOf(CheckpointServiceException.class)
                .hasMessage("GET %s/v1/runs answered 500".formatted(service.uri()));
    }

    @Test
    void anAnswerThatIsNotJsonIsNoAnswer() {
        service.answer("/v1/runs", 200, "<html>".getBytes(UTF_8));

        assertThatThrownBy(client::runs)
                .isInstanceOf(CheckpointServiceException.class)
                .hasMessageContaining("is not JSON");
    }

    @Test
    void anAnswerLargerThanAListCanBeIsNoAnswer() {
        service.answer("/v1/runs", 200, new byte[(8 << 20) + 1]);

        assertThatThrownBy(client::runs)
                .isInstanceOf(CheckpointServiceException.class)
                .hasMessageContaining("more than 8388608 bytes");
    }

    @Test
    void aBodyThatNeverEndsIsGivenUp() {
        service.hang("/v1/runs");
        CheckpointClient impatient = new CheckpointClient(calls(Duration.ofMillis(200)), service.uri());

        assertThatThrownBy(impatient::runs)
                .isInstanceOf(CheckpointServiceException.class)
                .hasMessageContaining("took more than 200 ms");
    }

    @Test
    void aServiceThatHangsHoldsSoManyCallersAndNoMore() throws Exception {
        service.hang("/v1/runs");
        CheckpointClient patient = new CheckpointClient(calls(Duration.ofSeconds(20)), service.uri());
        CompletableFuture<Runs> held = CompletableFuture.supplyAsync(patient::runs);
        Patience.await().until(() -> service.requests().contains("/v1/runs"));

        assertThatThrownBy(patient::runs).isInstanceOf(BusyException.class);
        service.close();
        assertThat(held.handle((runs, failure) -> failure))
                .succeedsWithin(Duration.ofSeconds(20))
                .isNotNull();
    }

    @Test
    void aServiceThatIsAwayIsSaidToBe() {
        URI uri = service.uri();
        service.close();

        assertThatThrownBy(client::runs)
                .isInstanceOf(CheckpointServiceException.class)
                .hasMessage("GET %s/v1/runs failed: no connection".formatted(uri));
    }

    private void assertRejected(byte[] stored, String why) {
        Blob blob = Blob.of("params.safetensors", PARAMS);
        service.answer(FakeCheckpointService.blobPath(PARAMS), 200, stored);

        assertThatThrownBy(() -> client.blob(blob))
                .isInstanceOfSatisfying(
                        RejectedCheckpointException.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.BLOB))
                .hasMessageContaining(why);
    }

    private static HttpCalls calls(Duration callTimeout) {
        return new HttpCalls(Duration.ofSeconds(5), callTimeout, 1);
    }
}
