package dev.vaestream.checkpoint;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.vaestream.contracts.Blob;
import dev.vaestream.contracts.CheckpointEvent;
import dev.vaestream.contracts.CheckpointEvent.Change;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.Manifest;
import dev.vaestream.contracts.RunStatus;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.WriterClaim;
import dev.vaestream.contracts.WriterGrant;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySink;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The HTTP API on a real object store. Every test has a run of its own. */
@QuarkusTest
@QuarkusTestResource(value = S3ProxyResource.class, restrictToAnnotatedClass = true)
class CheckpointServiceTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector connector;

    @BeforeEach
    void awaitStorage() {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(given().get("/q/health/ready").statusCode()).isEqualTo(200));
    }

    @Test
    void aBlobIsCreatedOnceAndReadBack() {
        byte[] blob = new byte[3_000_000];
        new Random(2).nextBytes(blob);
        String path = "/v1/blobs/" + Sha256.of(blob);

        putBlob(path, blob).statusCode(201);
        putBlob(path, blob).statusCode(200);

        byte[] read = given().get(path)
                .then()
                .statusCode(200)
                .contentType("application/octet-stream")
                .header("Content-Length", equalTo("3000000"))
                .extract()
                .asByteArray();
        assertThat(read).isEqualTo(blob);
    }

    @Test
    void aBlobCanBeLookedForWithoutReadingIt() {
        byte[] blob = Examples.bytes("looked for");
        String path = "/v1/blobs/" + Sha256.of(blob);
        given().head(path).then().statusCode(404);

        putBlob(path, blob).statusCode(201);

        given().head(path).then().statusCode(200).header("Content-Length", equalTo("10"));
    }

    @Test
    void aBlobUnderAnotherDigestIsRefused() {
        String path = "/v1/blobs/" + Sha256.of(Examples.bytes("other"));

        problem(putBlob(path, Examples.bytes("this")), 422, "digest-differs");

        problem(given().get(path).then(), 404, "no-blob");
    }

    @Test
    void aBlobThatIsTooLargeIsRefused() {
        byte[] blob = new byte[(8 << 20) + 1];

        problem(putBlob("/v1/blobs/" + Sha256.of(blob), blob), 413, "too-large");
    }

    @Test
    void aBlobNameThatIsNoDigestIsNotFound() {
        given().get("/v1/blobs/abc").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void theFirstClaimBeginsTheRun() {
        assertThat(claim("begins", 4)).isEqualTo(new WriterGrant("begins", 1));

        assertThat(status("begins").identity()).isEqualTo(Examples.identity("begins", 4));
    }

    @Test
    void aLaterClaimHasAHigherEpoch() {
        claim("again", 4);

        assertThat(claim("again", 4).epoch()).isEqualTo(2);
    }

    @Test
    void anotherSpecOfTheSameRunIsRefusedWithTheFieldThatDiffers() {
        claim("differs", 4);

        ValidatableResponse answer = postClaim("differs", Examples.claim("differs", 5));

        problem(answer, 409, "run-differs").body("detail", containsString("spec.checkpoints.maxToKeep is 4, here 5"));
    }

    @Test
    void aClaimForAnotherRunThanThePathIsRefused() {
        problem(postClaim("one", Examples.claim("two", 4)), 400, "invalid-request")
                .body("detail", containsString("run is one in the path and two in the body"));
    }

    @Test
    void aClaimWithAnUnknownFieldIsRefusedWithItsName() {
        String claim = new String(Json.write(Examples.claim("typo", 4)), UTF_8).replaceFirst("\\{", "{\"holdr\":1,");

        problem(post("typo", Examples.bytes(claim)), 400, "invalid-request").body("detail", containsString("holdr"));
    }

    @Test
    void noJsonIsRefused() {
        problem(post("text", Examples.bytes("hello")), 400, "invalid-request");
    }

    @Test
    void hugeJsonIsRefused() {
        problem(post("huge", new byte[2 << 20]), 413, "too-large");
    }

    @Test
    void aCommittedCheckpointIsTheLatest() {
        claim("commits", 4);
        Manifest first = upload(Examples.manifest("commits", 100, null, 1));

        commit(first).statusCode(201);

        assertThat(Manifest.decode(read("/v1/runs/commits/checkpoints/latest"))).isEqualTo(first);
        assertThat(Manifest.decode(read("/v1/runs/commits/checkpoints/100"))).isEqualTo(first);
        assertThat(status("commits")).isEqualTo(new RunStatus(Examples.identity("commits", 4), List.of(100L), first));
    }

    @Test
    void theSameStateAgainIsASuccess() {
        claim("repeats", 4);
        commit(upload(Examples.manifest("repeats", 100, null, 1))).statusCode(201);
        claim("repeats", 4);

        commit(Examples.manifest("repeats", 100, null, 2)).statusCode(200);
    }

    @Test
    void anOlderWriterIsFenced() {
        claim("fenced", 4);
        claim("fenced", 4);

        problem(commit(upload(Examples.manifest("fenced", 100, null, 1))), 409, "fenced");
    }

    @Test
    void missingBlobsAreNamed() {
        claim("missing", 4);
        Manifest manifest = Examples.manifest("missing", 100, null, 1);

        problem(commit(manifest), 409, "blobs-missing")
                .body("missing", hasItem(manifest.blobs().get(0).sha256().hex()));
    }

    @Test
    void aManifestThatWasChangedIsRefused() {
        claim("changed", 4);
        String manifest = new String(Examples.manifest("changed", 100, null, 1).encode(), UTF_8)
                .replace("\"kl\":6.4", "\"kl\":6.5");

        problem(
                given().contentType(ContentType.JSON)
                        .body(Examples.bytes(manifest))
                        .put("/v1/runs/changed/checkpoints/100")
                        .then(),
                400,
                "invalid-request");
    }

    @Test
    void aManifestUnderAnotherStepIsRefused() {
        claim("elsewhere", 4);

        problem(
                given().contentType(ContentType.JSON)
                        .body(upload(Examples.manifest("elsewhere", 100, null, 1))
                                .encode())
                        .put("/v1/runs/elsewhere/checkpoints/200")
                        .then(),
                400,
                "invalid-request");
    }

    @Test
    void olderCheckpointsAreRetiredWithTheirBlobs() {
        claim("retires", 2);
        Manifest first = upload(Examples.manifest("retires", 100, null, 1));
        commit(first).statusCode(201);
        Manifest second = upload(Examples.manifest("retires", 200, first, 1));
        commit(second).statusCode(201);
        Manifest third = upload(Examples.manifest("retires", 300, second, 1));
        commit(third).statusCode(201);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(status("retires").steps()).containsExactly(200L, 300L);
            assertThat(given().head("/v1/blobs/" + first.blobs().get(0).sha256())
                            .statusCode())
                    .isEqualTo(404);
        });
        problem(given().get("/v1/runs/retires/checkpoints/100").then(), 404, "no-checkpoint");
        read("/v1/blobs/" + second.blobs().get(0).sha256());
    }

    @Test
    void aCheckpointCanBeDeletedUnlessItIsTheNewest() {
        claim("deletes", 4);
        Manifest first = upload(Examples.manifest("deletes", 100, null, 1));
        commit(first).statusCode(201);
        commit(upload(Examples.manifest("deletes", 200, first, 1))).statusCode(201);

        given().delete("/v1/runs/deletes/checkpoints/100").then().statusCode(204);

        assertThat(status("deletes").steps()).containsExactly(200L);
        problem(given().delete("/v1/runs/deletes/checkpoints/200").then(), 409, "newest-checkpoint");
        await().atMost(PATIENCE)
                .untilAsserted(() -> problem(
                        given().delete("/v1/runs/deletes/checkpoints/100").then(), 404, "no-checkpoint"));
    }

    @Test
    void checkpointsAreListedWithWhatIsKnownOfThem() {
        claim("lists", 4);
        Manifest first = upload(Examples.manifest("lists", 100, null, 1));
        commit(first).statusCode(201);
        Manifest second = upload(Examples.manifest("lists", 200, first, 1));
        commit(second).statusCode(201);
        putAlias("lists", "production", "{\"step\":100}").statusCode(201);
        putPin("lists", "sampler-1", "{\"step\":200,\"ttl\":\"PT1M\"}").statusCode(200);

        given().get("/v1/runs/lists/checkpoints")
                .then()
                .statusCode(200)
                .body("step", contains(100, 200))
                .body("digest", contains(first.digest().hex(), second.digest().hex()))
                .body("parentStep", contains(null, 100))
                .body("[0].metrics", equalTo(Map.of("loss", 14.2f, "mse", 11.0f, "kl", 6.4f)))
                .body("aliases", contains(List.of("production"), List.of()))
                .body("pinned", contains(false, true))
                .body("best", contains(false, true))
                .body("retiring", contains(false, false));
    }

    @Test
    void theBestCheckpointIsFound() {
        claim("best", 4);
        Manifest first = commitWithLoss("best", 100, null, 12);
        commitWithLoss("best", 200, first, 13);

        assertThat(Manifest.decode(read("/v1/runs/best/checkpoints/best"))).isEqualTo(first);
        problem(given().get("/v1/runs/absent/checkpoints/best").then(), 404, "no-run");
    }

    @Test
    void aCheckpointsMetricsAreReadByName() {
        claim("metrics", 4);
        commit(upload(Examples.manifest("metrics", 100, null, 1))).statusCode(201);

        assertThat(new String(read("/v1/runs/metrics/checkpoints/100/metrics"), UTF_8))
                .isEqualTo("{\"loss\":14.2,\"mse\":11.0,\"kl\":6.4}");
        problem(given().get("/v1/runs/metrics/checkpoints/7/metrics").then(), 404, "no-checkpoint");
    }

    @Test
    void aCheckpointIsVerified() {
        claim("verified", 4);
        commit(upload(Examples.manifest("verified", 100, null, 1))).statusCode(201);

        given().post("/v1/runs/verified/checkpoints/100/verification")
                .then()
                .statusCode(200)
                .body("blobs", equalTo(2))
                .body("faults", empty());
        problem(given().post("/v1/runs/verified/checkpoints/7/verification").then(), 404, "no-checkpoint");
    }

    @Test
    void anAliasIsMovedRolledBackAndListed() {
        claim("aliased", 4);
        Manifest first = commitWithLoss("aliased", 100, null, 12);
        Manifest second = commitWithLoss("aliased", 200, first, 13);
        commitWithLoss("aliased", 300, second, 11);
        String path = "/v1/runs/aliased/aliases/production";

        putAlias("aliased", "production", "{\"step\":100,\"reason\":\"first\"}")
                .statusCode(201)
                .body("number", equalTo(1))
                .body("manifestDigest", equalTo(first.digest().hex()))
                .body("reason", equalTo("first"));
        problem(
                        putAlias("aliased", "production", "{\"step\":200,\"guard\":{\"better\":\"loss\"}}"),
                        409,
                        "guard-failed")
                .body("detail", containsString("its loss is 12.0, that of step 200 is 13.0"));
        putAlias("aliased", "production", "{\"step\":300,\"guard\":{\"better\":\"loss\"}}")
                .statusCode(201)
                .body("previousStep", equalTo(100))
                .body("guard.better", equalTo("loss"));
        putAlias("aliased", "production", "{\"step\":300}").statusCode(200).body("number", equalTo(2));
        given().contentType(ContentType.JSON)
                .body("{}")
                .post(path + "/rollback")
                .then()
                .statusCode(201)
                .body("step", equalTo(100));

        given().get(path).then().statusCode(200).body("number", equalTo(3));
        given().get(path + "/history").then().statusCode(200).body("step", contains(100, 300, 100));
        given().get("/v1/runs/aliased/aliases").then().statusCode(200).body("alias", contains("production"));
    }

    @Test
    void whatIsNoAliasIsRefused() {
        claim("unaliased", 4);

        problem(given().get("/v1/runs/unaliased/aliases/production").then(), 404, "no-alias");
        problem(given().get("/v1/runs/unaliased/aliases/production/history").then(), 404, "no-alias");
        problem(given().get("/v1/runs/unaliased/aliases/Not_One").then(), 400, "invalid-request");
        problem(putAlias("unaliased", "production", "{\"step\":5}"), 404, "no-checkpoint");
        problem(
                putAlias("unaliased", "production", "{\"step\":5,\"guard\":{\"luckier\":\"loss\"}}"),
                400,
                "invalid-request");
    }

    @Test
    void aMovedAliasIsAnnounced() {
        InMemorySink<byte[]> events = connector.sink(CheckpointEvents.CHANNEL);
        claim("told", 4);
        commit(upload(Examples.manifest("told", 100, null, 1))).statusCode(201);

        putAlias("told", "production", "{\"step\":100}").statusCode(201);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events.received())
                        .map(message -> Json.read(message.getPayload(), CheckpointEvent.class))
                        .anySatisfy(event -> {
                            assertThat(event.key()).isEqualTo("told/aliases/production");
                            assertThat(event.change()).isEqualTo(Change.ALIAS_MOVED);
                        }));
    }

    @Test
    void aPinnedCheckpointIsKeptUntilItIsUnpinned() {
        claim("pinned", 1);
        Manifest first = upload(Examples.manifest("pinned", 100, null, 1));
        commit(first).statusCode(201);
        putPin("pinned", "sampler-1", "{\"step\":100,\"ttl\":\"PT0.5S\"}")
                .statusCode(200)
                .body("ttl", equalTo("PT10S"));

        commit(upload(Examples.manifest("pinned", 200, first, 1))).statusCode(201);
        assertThat(status("pinned").steps()).containsExactly(100L, 200L);

        given().delete("/v1/runs/pinned/pins/sampler-1").then().statusCode(204);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status("pinned").steps()).containsExactly(200L));
        problem(putPin("pinned", "sampler-1", "{\"step\":7,\"ttl\":\"PT1M\"}"), 404, "no-checkpoint");
    }

    @Test
    void whatIsAbsentIsNotFound() {
        problem(given().get("/v1/runs/absent").then(), 404, "no-run");
        problem(given().get("/v1/runs/absent/checkpoints/latest").then(), 404, "no-checkpoint");
        problem(given().get("/v1/runs/absent/checkpoints/7").then(), 404, "no-checkpoint");
    }

    @Test
    void aRunNameThatIsNoneIsRefused() {
        problem(given().get("/v1/runs/Not_A_Run").then(), 400, "invalid-request");
    }

    @Test
    void allRunsAreListed() {
        claim("listed", 4);

        RunStatus[] runs = Json.read(read("/v1/runs"), RunStatus[].class);

        assertThat(runs).contains(new RunStatus(Examples.identity("listed", 4), List.of(), null));
    }

    @Test
    void aCommitIsAnnounced() {
        InMemorySink<byte[]> events = connector.sink(CheckpointEvents.CHANNEL);
        claim("announced", 4);
        Manifest manifest = upload(Examples.manifest("announced", 100, null, 1));

        commit(manifest).statusCode(201);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events.received())
                        .map(message -> Json.read(message.getPayload(), CheckpointEvent.class))
                        .anySatisfy(event -> {
                            assertThat(event.key()).isEqualTo("announced/100");
                            assertThat(event.change()).isEqualTo(Change.COMMITTED);
                            assertThat(event.manifestDigest()).isEqualTo(manifest.digest());
                        }));
    }

    @Test
    void healthNamesTheStore() {
        given().get("/q/health/ready")
                .then()
                .body("checks.data.reason", hasItem(containsString("bucket vaestream at")));
    }

    @Test
    void theApiDescribesItself() {
        given().get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/v1/runs/{run}/checkpoints/latest"))
                .body(containsString("Manifest"));
    }

    @Test
    void corruptReadsAreCounted() {
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("vaestream_checkpoint_manifests_corrupt_total"))
                .body(containsString("vaestream_checkpoint_blobs_corrupt_total"));
    }

    private static ValidatableResponse problem(ValidatableResponse answer, int status, String type) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo(type))
                .body("status", equalTo(status))
                .body("detail", not(containsString("dev.vaestream")));
    }

    private static ValidatableResponse putBlob(String path, byte[] blob) {
        return given().contentType("application/octet-stream")
                .body(blob)
                .put(path)
                .then();
    }

    private static Manifest upload(Manifest manifest) {
        putBlob(
                "/v1/blobs/" + manifest.blob("params.safetensors").sha256(),
                Examples.params(manifest.run(), manifest.step()));
        putBlob(
                "/v1/blobs/" + manifest.blob("optimizer.safetensors").sha256(),
                Examples.optimizer(manifest.run(), manifest.step()));
        return manifest;
    }

    private static ValidatableResponse commit(Manifest manifest) {
        return given().contentType(ContentType.JSON)
                .body(manifest.encode())
                .put("/v1/runs/%s/checkpoints/%d".formatted(manifest.run(), manifest.step()))
                .then();
    }

    private static Manifest commitWithLoss(String run, long step, @Nullable Manifest parent, double loss) {
        Manifest manifest = Examples.manifest(
                run,
                step,
                parent,
                1,
                new Losses(loss, 1, 1),
                List.of(
                        Blob.of(Blob.PARAMS, Examples.params(run, step)),
                        Blob.of(Blob.OPTIMIZER, Examples.optimizer(run, step))));
        commit(upload(manifest)).statusCode(201);
        return manifest;
    }

    private static ValidatableResponse putAlias(String run, String alias, String request) {
        return given().contentType(ContentType.JSON)
                .body(request)
                .put("/v1/runs/%s/aliases/%s".formatted(run, alias))
                .then();
    }

    private static ValidatableResponse putPin(String run, String reader, String request) {
        return given().contentType(ContentType.JSON)
                .body(request)
                .put("/v1/runs/%s/pins/%s".formatted(run, reader))
                .then();
    }

    private static WriterGrant claim(String run, int maxToKeep) {
        byte[] grant = postClaim(run, Examples.claim(run, maxToKeep))
                .statusCode(201)
                .extract()
                .asByteArray();
        return Json.read(grant, WriterGrant.class);
    }

    private static ValidatableResponse postClaim(String run, WriterClaim claim) {
        return post(run, Json.write(claim));
    }

    private static ValidatableResponse post(String run, byte[] body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/runs/%s/writers".formatted(run))
                .then();
    }

    private static RunStatus status(String run) {
        return Json.read(read("/v1/runs/" + run), RunStatus.class);
    }

    private static byte[] read(String path) {
        return given().get(path).then().statusCode(200).extract().asByteArray();
    }
}
