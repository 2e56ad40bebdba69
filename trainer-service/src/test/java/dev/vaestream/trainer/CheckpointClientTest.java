package dev.vaestream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.Progress;
import dev.vaestream.contracts.RunIdentity;
import dev.vaestream.contracts.RunSpec;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.WriterClaim;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckpointClientTest {
    private final FakeCheckpointService service = new FakeCheckpointService();
    private final CheckpointClient client =
            new CheckpointClient(HttpClient.newHttpClient(), service.uri(), Duration.ofSeconds(10));

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aBlobComesBack() {
        byte[] content = "weights".getBytes(StandardCharsets.UTF_8);
        Blob blob = Blob.of(Blob.PARAMS, content);

        client.putBlob(blob.sha256(), content);

        assertThat(client.blob(blob)).isEqualTo(content);
    }

    @Test
    void aBlobThatHasChangedIsRefused() {
        byte[] content = "weights".getBytes(StandardCharsets.UTF_8);
        Blob blob = Blob.of(Blob.PARAMS, content);
        client.putBlob(blob.sha256(), content);
        service.corrupt(blob.sha256());

        assertThatThrownBy(() -> client.blob(blob))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(blob.sha256().hex());
    }

    @Test
    void aBlobThatIsTooLargeFailsTheRun() {
        byte[] content = "weights".getBytes(StandardCharsets.UTF_8);
        service.failNext(413);

        assertThatThrownBy(() -> client.putBlob(Sha256.of(content), content))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("with 413");
    }

    @Test
    void aServiceThatIsBusyIsAskedAgain() {
        byte[] content = "weights".getBytes(StandardCharsets.UTF_8);
        service.failNext(503);

        assertThatThrownBy(() -> client.putBlob(Sha256.of(content), content))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("with 503");
    }

    @Test
    void aRunThatNobodyBeganIsUnknown() {
        assertThat(client.run("demo")).isEmpty();
        assertThat(client.latest("demo")).isEmpty();
    }

    @Test
    void everyClaimGrantsAHigherEpoch() {
        assertThat(client.claim("demo", claim()).epoch()).isEqualTo(1);
        assertThat(client.claim("demo", claim()).epoch()).isEqualTo(2);
        assertThat(client.run("demo"))
                .hasValueSatisfying(
                        status -> assertThat(status.identity().topicId()).isEqualTo("topic-id"));
    }

    @Test
    void aCommittedCheckpointIsTheLatest() {
        client.claim("demo", claim());
        Manifest manifest = manifest("a", 1);

        assertThat(client.commit(manifest)).isEqualTo(manifest);
        assertThat(client.latest("demo")).contains(manifest);
    }

    @Test
    void committingTheSameStateAgainAnswersTheStoredManifest() {
        client.claim("demo", claim());
        Manifest stored = client.commit(manifest("a", 1));
        client.claim("demo", claim());

        assertThat(client.commit(manifest("a", 2))).isEqualTo(stored);
    }

    @Test
    void anotherStateOfTheSameStepIsBrokenDeterminism() {
        client.claim("demo", claim());
        client.commit(manifest("a", 1));

        assertThatThrownBy(() -> client.commit(manifest("b", 1)))
                .isInstanceOf(RunFailedException.class)
                .hasMessageStartingWith("determinism is broken: checkpoint demo/3 is stored with another state");
    }

    @Test
    void anOlderWriterIsFenced() {
        client.claim("demo", claim());
        client.claim("demo", claim());

        assertThatThrownBy(() -> client.commit(manifest("a", 1)))
                .isInstanceOf(FencedException.class)
                .hasMessage("another trainer writes run 'demo': writer 2 holds the run");
    }

    @Test
    void aServiceThatIsNotThereIsUnavailable() {
        service.close();

        assertThatThrownBy(() -> client.latest("demo"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("the checkpoint service at " + service.uri());
    }

    @Test
    void aPageThatIsNotFoundIsNoAnswerAboutTheRun() {
        service.failNext(404);

        assertThatThrownBy(() -> client.latest("demo"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("with 404");
    }

    @Test
    void aRefusalNamesRequestAndReason() {
        service.failNext(503);

        assertThatThrownBy(() -> client.latest("demo"))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("the checkpoint service answers GET /v1/runs/demo/checkpoints/latest with 503"
                        + " storage-unavailable: as it was told");
    }

    private Manifest manifest(String content, long epoch) {
        RunSpec spec = Fixtures.spec(50, 20, 10);
        Progress begin = RunProgress.begin(spec, Fixtures.stream(2, 1));
        Progress progress = new Progress(
                3,
                3,
                begin.offsets(),
                begin.lastRecords(),
                Sha256.EMPTY,
                List.of(),
                begin.key(),
                begin.window(),
                begin.epoch());
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        client.putBlob(Sha256.of(bytes), bytes);
        return Manifest.of(
                "demo",
                null,
                epoch,
                progress,
                new Losses(1, 1, 1),
                List.of(Blob.of(Blob.PARAMS, bytes)),
                Fixtures.NUMERIC,
                Instant.EPOCH.plusSeconds(epoch));
    }

    private static WriterClaim claim() {
        RunSpec spec = Fixtures.spec(50, 20, 10);
        return new WriterClaim(
                "test",
                new RunIdentity(
                        "demo",
                        spec,
                        spec.digest(),
                        Fixtures.SHAPE,
                        Fixtures.BATCH_SIZE,
                        "batches.tiny",
                        "topic-id",
                        "cluster-id",
                        Sha256.EMPTY,
                        Fixtures.NUMERIC));
    }
}
