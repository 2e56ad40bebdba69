package dev.vaestream.sampler;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beside golden/2000, which is served. */
@QuarkusTest
@WithTestResource(value = CheckpointServiceResource.class, initArgs = @ResourceArg(name = "golden", value = "true"))
class CheckpointListTest {
    FakeCheckpointService service;

    @BeforeEach
    void awaitTheModel() {
        Patience.await()
                .untilAsserted(() -> RestAssured.get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void withoutARunItIsThatOfTheServedOne() {
        RestAssured.get("/v1/checkpoints")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("run", equalTo("golden"))
                .body("checkpoints.step", contains(2000));
    }

    @Test
    void theOldestComesFirst() {
        service.commit(Fixtures.goldenRun("ordered"), 1000, Fixtures.goldenParams(1000));
        service.commit(Fixtures.goldenRun("ordered"), 500, Fixtures.goldenParams(500));

        RestAssured.get("/v1/checkpoints?run=ordered").then().body("checkpoints.step", contains(500, 1000));
    }

    @Test
    void whatIsAboutToBeDeletedIsLeftOut() {
        service.beginToRetire(service.commit(Fixtures.goldenRun("shrinking"), 500, Fixtures.goldenParams(500)));
        service.commit(Fixtures.goldenRun("shrinking"), 1000, Fixtures.goldenParams(1000));

        RestAssured.get("/v1/checkpoints?run=shrinking").then().body("checkpoints.step", contains(1000));
    }

    @Test
    void aRunThatIsNotThereIsNamed() {
        RestAssured.get("/v1/checkpoints?run=nowhere")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", equalTo("There is no run nowhere"));
    }

    @Test
    void aParameterThatIsNoneIsNamed() {
        RestAssured.get("/v1/checkpoints?step=5")
                .then()
                .statusCode(400)
                .body("detail", startsWith("There is no parameter 'step'"));
    }

    @Test
    void aServiceThatIsAwayIsToBeAskedLater() {
        service.answer("/v1/runs/silent", 503, new byte[0]);

        RestAssured.get("/v1/checkpoints?run=silent")
                .then()
                .statusCode(503)
                .header("Retry-After", "5")
                .body("type", equalTo("checkpoint-service-unavailable"));
    }
}
