package dev.vaestream.sampler;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.vaestream.contracts.Manifest;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checkpoints that a request names, beside golden/2000, which is served. */
@QuarkusTest
@WithTestResource(value = CheckpointServiceResource.class, initArgs = @ResourceArg(name = "golden", value = "true"))
class NamedCheckpointTest {
    FakeCheckpointService service;

    @BeforeEach
    void awaitTheModel() {
        Patience.await()
                .untilAsserted(() -> RestAssured.get("/q/health/ready").then().statusCode(200));
    }

    @AfterEach
    void theServedOneIsStillServed() {
        RestAssured.get("/v1/samples?class=1&count=1")
                .then()
                .statusCode(200)
                .header("Vaestream-Run", "golden")
                .header("Vaestream-Step", "2000");
    }

    @Test
    void aStepOfAnotherRunIsServedBesideIt() {
        commit("steps", 500);

        RestAssured.get("/v1/samples?class=1&count=1&run=steps&checkpoint=500")
                .then()
                .statusCode(200)
                .contentType("image/png")
                .header("Vaestream-Run", "steps")
                .header("Vaestream-Step", "500");
    }

    @Test
    void anotherCheckpointHasOtherImages() {
        commit("images", 500);
        byte[] served =
                RestAssured.get("/v1/samples?class=1&count=1&format=npy").asByteArray();

        byte[] named = RestAssured.get("/v1/samples?class=1&count=1&format=npy&run=images&checkpoint=500")
                .asByteArray();

        assertThat(named).isNotEqualTo(served);
    }

    @Test
    void whatADigestNamesMayBeCachedForEver() {
        Manifest manifest = commit("cached", 500);

        RestAssured.get("/v1/samples?count=1&run=cached&checkpoint=500&digest=" + manifest.digest())
                .then()
                .statusCode(200)
                .header("Cache-Control", "public, max-age=31536000, immutable");
    }

    @Test
    void aCheckpointWithAnotherDigestIsNotTheOne() {
        commit("other", 500);

        RestAssured.get("/v1/samples?count=1&run=other&checkpoint=500&digest=" + "0".repeat(64))
                .then()
                .statusCode(404)
                .body("type", equalTo("no-checkpoint"))
                .body("detail", startsWith("Checkpoint other/500 has the digest "));
    }

    @Test
    void aStepOfARunIsAskedAboutAgain() {
        commit("retrained", 500);

        RestAssured.get("/v1/samples?count=1&run=retrained&checkpoint=500")
                .then()
                .header("Cache-Control", "no-cache, no-transform");
    }

    @Test
    void aBlobThatIsDamagedInStorageIsSaidSo() {
        service.commit(Fixtures.goldenRun("rotten"), 500, Fixtures.goldenParams(777));
        service.answer(FakeCheckpointService.blobPath(Fixtures.goldenParams(777)), 502, new byte[0]);

        RestAssured.get("/v1/samples?count=1&run=rotten&checkpoint=500")
                .then()
                .statusCode(409)
                .body("type", equalTo("checkpoint-unfit"));
    }

    @Test
    void aStepOfWhicheverRunIsServedIsAskedAboutAgain() {
        RestAssured.get("/v1/samples?count=1&checkpoint=2000")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-cache, no-transform");
    }

    @Test
    void anAliasIsAskedAboutAgainAndHasAnotherTagWhenItMoves() {
        service.point("production", commit("aliased", 500));
        String tag = RestAssured.get("/v1/samples?count=1&run=aliased&checkpoint=production")
                .header("ETag");
        service.point("production", commit("aliased", 1000));

        given().header("If-None-Match", tag)
                .get("/v1/samples?count=1&run=aliased&checkpoint=production")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-cache, no-transform")
                .header("Vaestream-Step", "1000")
                .header("ETag", not(tag));
    }

    @Test
    void theBestOneIsTheRuns() {
        service.point("best", commit("judged", 500));
        commit("judged", 1000);

        RestAssured.get("/v1/samples?count=1&run=judged&checkpoint=best")
                .then()
                .statusCode(200)
                .header("Vaestream-Step", "500");
    }

    @Test
    void whatIsNotThereIsNamed() {
        RestAssured.get("/v1/samples?checkpoint=1999")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("no-checkpoint"))
                .body("detail", startsWith("There is no checkpoint golden/1999; the run has"))
                .body("detail", endsWith("the steps 2000"));
    }

    @Test
    void aRunThatIsNotThereIsNamed() {
        RestAssured.get("/v1/samples?run=nowhere")
                .then()
                .statusCode(404)
                .body("detail", equalTo("There is no run nowhere"));
    }

    @Test
    void aBadCheckpointIsNamedWithWhatIsWrong() {
        service.commit(Fixtures.goldenRun("bad"), 500, new byte[] {1});

        RestAssured.get("/v1/samples?run=bad&checkpoint=500")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("checkpoint-unfit"))
                .body(
                        "detail",
                        equalTo("Checkpoint bad/500 is not served: A safetensors file has at least 8 bytes, not 1"));
    }

    @Test
    void aServiceThatIsAwayIsToBeAskedLater() {
        service.answer("/v1/runs/away", 503, new byte[0]);

        RestAssured.get("/v1/samples?run=away&checkpoint=500")
                .then()
                .statusCode(503)
                .header("Retry-After", "5")
                .body("type", equalTo("checkpoint-service-unavailable"));
    }

    private Manifest commit(String run, int step) {
        return service.commit(Fixtures.goldenRun(run), step, Fixtures.goldenParams(step));
    }
}
